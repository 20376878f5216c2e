using System.Text;
using System.Text.Json;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Quarantine;

namespace Diabetes.Ledger.Tests.Quarantine;

public sealed class QuarantineFileTests : IDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quarantine-tests-");

    private string PathOfFile => Path.Combine(_folder.FullName, "logs", "quarantine.ndjson");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Append_SeveralWriters_LosesNoLine()
    {
        const int Writers = 4;
        const int Each = 200;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            var quarantine = new QuarantineFile(PathOfFile) { Patience = SafetyNet };
            for (var i = 0; i < Each; i++)
            {
                quarantine.Append([Entry($"{writer}-{i}")]);
            }
        })));

        var bodies = File.ReadLines(PathOfFile).Select(BodyOf);
        Assert.Equal(
            Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, Each).Select(i => $"{writer}-{i}")).Order(),
            bodies.Order());
    }

    [Fact]
    public async Task Append_WhileAnotherWrites_WaitsItsTurn()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOfFile)!);
        Task append;
        using (new FileStream(PathOfFile + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
        {
            append = Task.Run(() => new QuarantineFile(PathOfFile) { Patience = SafetyNet }.Append([Entry("mine")]));
            File.WriteAllText(PathOfFile, "theirs\n");
            Assert.False(append.IsCompleted);
        }

        await append;
        var lines = File.ReadAllLines(PathOfFile);
        Assert.Equal(["theirs", "mine"], [lines[0], BodyOf(lines[1])]);
    }

    [Fact]
    public void Append_LockThatIsNeverFreed_IsRefusedByName()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOfFile)!);
        using var hung = new FileStream(PathOfFile + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);

        var refusal = Assert.Throws<IOException>(() =>
            new QuarantineFile(PathOfFile) { Patience = TimeSpan.FromMilliseconds(10) }.Append([Entry("mine")]));

        Assert.Contains(PathOfFile, refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOfFile));
    }

    [Fact]
    public void Append_AboveTheLimit_KeepsTheFileBefore()
    {
        var quarantine = new QuarantineFile(PathOfFile, limit: 10);

        quarantine.Append([Entry("first")]);
        quarantine.Append([Entry("second")]);
        quarantine.Append([Entry("third")]);

        Assert.Equal("third", BodyOf(Assert.Single(File.ReadAllLines(PathOfFile))));
        Assert.Equal("second", BodyOf(Assert.Single(File.ReadAllLines(PathOfFile + ".1"))));
    }

    [Fact]
    public void Append_LongBody_KeepsItsBeginningAndItsSize()
    {
        var body = new string('x', QuarantineFile.KeptBytes + 1);

        new QuarantineFile(PathOfFile).Append([Entry(body)]);

        var line = Assert.Single(File.ReadAllLines(PathOfFile));
        Assert.Equal(body[..^1], BodyOf(line));
        Assert.Contains($"\"size\":{body.Length},", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_SymbolicLink_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOfFile)!);
        File.CreateSymbolicLink(PathOfFile, Path.Combine(_folder.FullName, "elsewhere"));

        Assert.Throws<IOException>(() => new QuarantineFile(PathOfFile).Append([Entry("mine")]));

        Assert.False(File.Exists(Path.Combine(_folder.FullName, "elsewhere")));
    }

    private static QuarantineEntry Entry(string body) =>
        new(DateTimeOffset.UnixEpoch, "features", "NotJson", "No JSON.", Encoding.UTF8.GetBytes(body));

    private static string BodyOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return Encoding.UTF8.GetString(json.RootElement.GetProperty("body").GetBytesFromBase64());
    }
}
