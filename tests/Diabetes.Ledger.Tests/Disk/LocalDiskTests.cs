using System.Text;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Tests.Disk;

public sealed class LocalDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("local-disk-").FullName;

    [Fact]
    public void CreateFolder_SeveralMissing_MakesAll()
    {
        var path = Path.Combine(_folder, "a", "b", "c");

        LocalDisk.Instance.CreateFolder(path);
        LocalDisk.Instance.CreateFolder(path);

        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void CreateFolder_WhereAFileIs_IsAnIoError()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "");

        Assert.ThrowsAny<IOException>(() => LocalDisk.Instance.CreateFolder(Path.Combine(path, "below")));
    }

    [Fact]
    public void File_WrittenTruncatedAndRead_IsWhatItShouldBe()
    {
        var path = Path.Combine(_folder, "file");
        Assert.Null(LocalDisk.Instance.Length(path));
        using (var file = LocalDisk.Instance.Open(path))
        {
            file.Write(0, "0123456789"u8);
            file.Truncate(5);
            file.Write(5, "abc"u8);
            file.Sync();
            LocalDisk.Instance.SyncFolder(_folder);
            Span<byte> read = new byte[10];
            Assert.Equal(6, file.Read(2, read));
            Assert.Equal("234abc", Encoding.UTF8.GetString(read[..6]));
            Assert.Equal(0, file.Read(8, read));
            Assert.Equal(8, file.Length);
        }

        Assert.Equal(8, LocalDisk.Instance.Length(path));
    }

    [Fact]
    public void Rename_NameThatIsFree_TakesIt()
    {
        var (from, to) = (Path.Combine(_folder, "from"), Path.Combine(_folder, "to"));
        File.WriteAllText(from, "content");
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));

        LocalDisk.Instance.Rename(from, to);

        Assert.Equal(["to"], LocalDisk.Instance.Names(_folder));
        Assert.Equal("content", File.ReadAllText(to));
        Assert.Empty(LocalDisk.Instance.Names(Path.Combine(_folder, "nowhere")));
    }

    [Fact]
    public void Rename_NameThatIsTaken_LeavesBothFilesAsTheyAre()
    {
        var (from, to) = (Path.Combine(_folder, "from"), Path.Combine(_folder, "to"));
        File.WriteAllText(from, "one");
        File.WriteAllText(to, "other");

        var fault = Assert.Throws<IOException>(() => LocalDisk.Instance.Rename(from, to));

        Assert.Contains(to, fault.Message);
        Assert.Equal(("one", "other"), (File.ReadAllText(from), File.ReadAllText(to)));
    }

    [Fact]
    public void OpenToRead_BesideItsWriter_ReadsAndMakesNothing()
    {
        var path = Path.Combine(_folder, "file");
        Assert.Null(LocalDisk.Instance.OpenToRead(path));
        Assert.Null(LocalDisk.Instance.OpenToRead(Path.Combine(_folder, "nowhere", "file")));
        Assert.False(File.Exists(path));

        using var writer = LocalDisk.Instance.Open(path);
        writer.Write(0, "abc"u8);
        using var reader = LocalDisk.Instance.OpenToRead(path);
        Assert.Equal(3, reader!.Length);
        Assert.ThrowsAny<Exception>(() => reader.Write(0, "x"u8));
    }

    [Fact]
    public void Lock_Held_IsRefusedToOthersUntilReleased()
    {
        var path = Path.Combine(_folder, "lock");
        using (LocalDisk.Instance.Lock(path))
        {
            Assert.ThrowsAny<IOException>(() => LocalDisk.Instance.Lock(path));
        }

        LocalDisk.Instance.Lock(path).Dispose();
    }

    [Fact]
    public void SyncFolder_NotThere_SaysWhich()
    {
        var fault = Assert.Throws<IOException>(() => LocalDisk.Instance.SyncFolder(Path.Combine(_folder, "nowhere")));

        Assert.Contains("nowhere", fault.Message);
        Assert.Contains("No such file", fault.Message);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Create_ModeOfFilesIsSet_FilesAndFoldersHaveIt()
    {
        try
        {
            CreationMode.Set(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            var folder = Path.Combine(_folder, "logs");
            LocalDisk.Instance.CreateFolder(folder);
            LocalDisk.Instance.Open(Path.Combine(folder, "metric_log.csv")).Dispose();
            AtomicFile.Write(Path.Combine(folder, "picture.png"), [1]);

            const UnixFileMode File0640 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
            Assert.Equal(File0640 | UnixFileMode.UserExecute | UnixFileMode.GroupExecute, File.GetUnixFileMode(folder));
            Assert.All(Directory.GetFiles(folder), file => Assert.Equal(File0640, File.GetUnixFileMode(file)));
        }
        finally
        {
            CreationMode.Set(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    [Fact]
    public void Open_SymbolicLink_IsRefusedAndNotWritten()
    {
        var (target, link) = (Path.Combine(_folder, "target"), Path.Combine(_folder, "metric_log.csv"));
        File.WriteAllText(target, "mine");
        File.CreateSymbolicLink(link, target);

        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => LocalDisk.Instance.Open(link)).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => LocalDisk.Instance.Lock(link));
        Assert.Equal("mine", File.ReadAllText(target));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
