using System.Text.Json;
using Diabetes.Actors;
using Diabetes.Hosting;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Streams;
using Diabetes.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Bridge;

public sealed class QuarantineActorTests : TestKit
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quarantine-");
    private readonly RecordedSettlement _settlement = new();
    private readonly TestProbe _deadLetters;

    public QuarantineActorTests() => _deadLetters = CreateTestProbe();

    private string Path => System.IO.Path.Combine(_folder.FullName, "quarantine.ndjson");

    [Fact]
    public void SetAside_AnyBytes_IsOnDiskBeforeItGoesToTheDeadLetters()
    {
        var actor = Start(new QuarantineFile(Path));
        actor.Tell(SetAside("y_true", "NotJson", [0xff, 0x00, 0x0a]));
        actor.Tell(QuarantineProtocol.Flush.Instance, TestActor);
        Assert.Equal(new QuarantineProtocol.Flushed(1, 0), ExpectMsg<QuarantineProtocol.Flushed>());

        var line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(Path))).RootElement;
        Assert.Equal("y_true", line.GetProperty("queue").GetString());
        Assert.Equal("NotJson", line.GetProperty("reason").GetString());
        Assert.Equal(3, line.GetProperty("size").GetInt32());
        Assert.Equal([0xff, 0x00, 0x0a], line.GetProperty("body").GetBytesFromBase64());
        Assert.Equal(Time!.GetUtcNow(), line.GetProperty("time").GetDateTimeOffset());

        var letter = _deadLetters.ExpectMsg<DeadLettersProtocol.Publish>();
        Assert.Equal(new byte[] { 0xff, 0x00, 0x0a }, letter.Entry.Body.ToArray());
        Assert.Empty(_settlement.Acked);
        letter.Delivery.Confirmed();
        Assert.Equal([1ul], _settlement.Acked);
    }

    [Fact]
    public void SetAside_LargeBody_KeepsItsBeginning()
    {
        var actor = Start(new QuarantineFile(Path));
        actor.Tell(SetAside("features", "TooLarge", new byte[100_000]));
        actor.Tell(QuarantineProtocol.Flush.Instance, TestActor);
        ExpectMsg<QuarantineProtocol.Flushed>();
        var line = JsonDocument.Parse(File.ReadAllText(Path)).RootElement;
        Assert.Equal(QuarantineFile.KeptBytes, line.GetProperty("body").GetBytesFromBase64().Length);
        Assert.Equal(100_000, line.GetProperty("size").GetInt32());
        Assert.Equal(100_000, _deadLetters.ExpectMsg<DeadLettersProtocol.Publish>().Entry.Body.Length);
    }

    [Fact]
    public void File_OverItsLimit_IsMovedAside()
    {
        var file = new QuarantineFile(Path, limit: 10);
        file.Append([new QuarantineEntry(Time!.GetUtcNow(), "q", "NoId", "first", new byte[4])]);
        file.Append([new QuarantineEntry(Time.GetUtcNow(), "q", "NoId", "second", new byte[4])]);
        Assert.Contains("first", Assert.Single(File.ReadAllLines(Path + ".1")), StringComparison.Ordinal);
        Assert.Contains("second", Assert.Single(File.ReadAllLines(Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Disk_Refuses_StaysUnsettledAndIsTriedAgain()
    {
        var quarantine = new RefusingQuarantine { Refuses = true };
        var actor = Start(quarantine);
        actor.Tell(SetAside("y_pred", "NoId", [1]));
        Advance(TimeSpan.FromSeconds(3));
        _deadLetters.ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal(4, quarantine.Tries);

        quarantine.Refuses = false;
        Advance(TimeSpan.FromSeconds(1));
        _deadLetters.ExpectMsg<DeadLettersProtocol.Publish>();
        Assert.Single(quarantine.Entries);
        Assert.Empty(_settlement.Acked);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Delete(recursive: true);
    }

    private IActorRef Start(IQuarantine quarantine)
    {
        var (time, letters) = (Time!, _deadLetters.Ref);
        return ActorOf(Props.Create(() => new QuarantineActor(quarantine, letters, time, NullLogger.Instance)));
    }

    private QuarantineProtocol.SetAside SetAside(string queue, string reason, byte[] body) =>
        new(queue, reason, "found", body, _settlement.Deliver("payload"));

    private sealed class RefusingQuarantine : IQuarantine
    {
        public bool Refuses { get; set; }

        public int Tries { get; private set; }

        public List<QuarantineEntry> Entries { get; } = [];

        public void Append(IReadOnlyList<QuarantineEntry> entries)
        {
            Tries++;
            if (Refuses)
            {
                throw new IOException("No space left on device.");
            }

            Entries.AddRange(entries);
        }
    }
}
