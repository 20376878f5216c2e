using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Tests.Disk;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atomic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_NoFolderYet_MakesIt()
    {
        var path = Path.Combine(_folder, "a", "b", "picture");
        AtomicFile.Write(path, [1, 2, 3]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Write_OverAndOver_NoReaderSeesHalf()
    {
        var path = Path.Combine(_folder, "picture");
        byte[][] contents = [[.. Enumerable.Repeat((byte)'a', 300_000)], [.. Enumerable.Repeat((byte)'b', 100_000)]];
        AtomicFile.Write(path, contents[0]);
        using var stop = new CancellationTokenSource();
        var reads = Task.Run(() =>
        {
            var seen = 0;
            while (!stop.IsCancellationRequested || seen == 0)
            {
                var bytes = File.ReadAllBytes(path);
                Assert.Contains(contents, content => content.AsSpan().SequenceEqual(bytes));
                seen++;
            }
        });
        for (var i = 0; i < 200; i++)
        {
            AtomicFile.Write(path, contents[i % 2]);
        }

        await stop.CancelAsync();
        await reads;
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_ThatFails_LeavesNothingBehind()
    {
        var path = Path.Combine(_folder, "picture");
        Directory.CreateDirectory(Path.Combine(path, "in the way"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, [1]));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_ThatFails_NamesTheTargetAndNothingRandom()
    {
        // The temporary file's name is longer, and then too long.
        var path = Path.Combine(_folder, new string('p', 250));

        string[] messages = [.. Enumerable.Range(0, 2).Select(_ => Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, [1])).Message)];

        Assert.Contains(path, messages[0], StringComparison.Ordinal);
        Assert.Equal(messages[0], messages[1]);
    }

    [Fact]
    public async Task WriteAsync_WriterFails_LeavesWhatWasThereAndNothingElse()
    {
        var path = Path.Combine(_folder, "file");
        Assert.Equal(3, await AtomicFile.WriteAsync(path, async file =>
        {
            await file.WriteAsync(new byte[] { 1, 2, 3 });
            return 3;
        }));

        await Assert.ThrowsAsync<InvalidOperationException>(() => AtomicFile.WriteAsync<int>(path, async file =>
        {
            await file.WriteAsync(new byte[] { 9 });
            throw new InvalidOperationException("half way");
        }));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }
}
