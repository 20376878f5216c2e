using System.Text;
using Diabetes.Hosting.Configuration.Hocon;

namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class DiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_Utf8WithMark_DropsTheMark() =>
        Assert.Equal("a = é", Read(Encoding.UTF8.GetPreamble(), Encoding.UTF8.GetBytes("a = é")));

    [Fact]
    public void Read_OtherEncoding_Fails() => Assert.EndsWith(
        ": the file is not valid UTF-8; save it in that encoding",
        Assert.Throws<HoconException>(() => Read(Encoding.Latin1.GetBytes("a = é"))).Message);

    [Fact]
    public void Read_LargeFile_Fails() => Assert.EndsWith(
        ": the file is larger than 1048576 bytes; is it a configuration?",
        Assert.Throws<HoconException>(() => Read(new byte[HoconLimits.FileSize + 1])).Message);

    [Fact]
    public void Read_NoFile_IsNull()
    {
        Assert.Null(new HoconDisk().Read(Path.Combine(_folder, "nothing.conf")));
        Assert.Null(new HoconDisk().Read(Path.Combine(_folder, "no-folder", "nothing.conf")));
    }

    [Fact]
    public void Read_Folder_Fails() =>
        Assert.Contains(": the file cannot be read: ", Assert.Throws<HoconException>(() => new HoconDisk().Read(_folder)).Message);

    private string? Read(params byte[][] parts)
    {
        var path = Path.Combine(_folder, "a.conf");
        File.WriteAllBytes(path, [.. parts.SelectMany(part => part)]);
        return new HoconDisk().Read(path);
    }
}
