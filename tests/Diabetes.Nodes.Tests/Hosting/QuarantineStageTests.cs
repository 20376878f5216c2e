using System.Collections.Immutable;
using System.Text.Json;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;
using Diabetes.Ledger.Quarantine;
using Diabetes.Nodes.Tests.Nodes.Plot;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Hosting;

public sealed class QuarantineStageTests : VirtualTimeTestKit
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quarantine-").FullName;
    private readonly RecordedSettlement _settlement = new();
    private readonly ListLogger _log = new();

    private string File => Path.Combine(_folder, "quarantine.ndjson");

    [Fact]
    public void SetAside_AnyBytes_IsOnDiskBeforeItGoesOn()
    {
        var stage = Start(new QuarantineFile(File));
        var aside = SetAside("y_true", "NotJson", [0xff, 0x00, 0x0a]);
        stage.Tell(ImmutableArray.Create(aside), TestActor);

        var (entry, message) = Assert.Single(ExpectMsg<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>());
        var line = JsonDocument.Parse(Assert.Single(System.IO.File.ReadAllLines(File))).RootElement;
        Assert.Equal("y_true", line.GetProperty("queue").GetString());
        Assert.Equal("NotJson", line.GetProperty("reason").GetString());
        Assert.Equal(3, line.GetProperty("size").GetInt32());
        Assert.Equal([0xff, 0x00, 0x0a], line.GetProperty("body").GetBytesFromBase64());
        Assert.Equal(Time.GetUtcNow(), line.GetProperty("time").GetDateTimeOffset());

        Assert.Same(aside, message);
        Assert.Equal(new byte[] { 0xff, 0x00, 0x0a }, entry.Body.ToArray());
        Assert.Empty(_settlement.Acked);
        Assert.Equal(1, _log.Count(2011));
    }

    [Fact]
    public void SetAside_LargeBody_GoesOnWhole()
    {
        Start(new QuarantineFile(File)).Tell(ImmutableArray.Create(SetAside("features", "TooLarge", new byte[100_000])), TestActor);
        var (entry, _) = Assert.Single(ExpectMsg<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>());
        Assert.Equal(100_000, entry.Body.Length);
        var written = JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement;
        Assert.Equal(QuarantineFile.KeptBytes, written.GetProperty("body").GetBytesFromBase64().Length);
    }

    [Fact]
    public void SetAside_LongDetail_IsCut()
    {
        var aside = new SetAside("y_pred", "UnexpectedModel", new string('d', 68_000), new byte[1], _settlement.Deliver("payload"));
        Start(new QuarantineFile(File)).Tell(ImmutableArray.Create(aside), TestActor);
        var (entry, _) = Assert.Single(ExpectMsg<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>());
        Assert.Equal(new string('d', 1000) + "…", entry.Detail);
    }

    [Fact]
    public void Disk_Refuses_StaysUnsettledAndIsTriedAgain()
    {
        var quarantine = new RefusingQuarantine { Refuses = true };
        var stage = Start(quarantine);
        stage.Tell(ImmutableArray.Create(SetAside("y_pred", "NoId", [1])), TestActor);
        Advance(TimeSpan.FromSeconds(3));
        ExpectNoMsg();
        Assert.Equal(4, quarantine.Tries);

        // What comes meanwhile is taken, and makes no further try.
        stage.Tell(ImmutableArray.Create(SetAside("y_pred", "NoId", [2])), TestActor);
        AwaitRest();
        Assert.Equal(4, quarantine.Tries);

        quarantine.Refuses = false;
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, ExpectMsg<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>().Length);
        Assert.Equal(2, quarantine.Entries.Count);
        Assert.Empty(_settlement.Acked);
        Assert.Equal((1, 1), (_log.Count(2012), _log.Count(2013)));
    }

    [Fact]
    public void Complete_DiskRefuses_WaitsForIt()
    {
        var quarantine = new RefusingQuarantine { Refuses = true };
        var stage = Start(quarantine);
        stage.Tell(ImmutableArray.Create(SetAside("y_pred", "NoId", [1])), TestActor);
        stage.Tell(new Status.Success(NotUsed.Instance), TestActor);
        ExpectNoMsg(TimeSpan.FromSeconds(5));

        quarantine.Refuses = false;
        Advance(TimeSpan.FromSeconds(1));
        ExpectMsg<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>();
        ExpectMsg("completed");
    }

    protected override void AfterAll() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs the stage between an actor that takes what is set aside, and the test actor.</summary>
    private IActorRef Start(IQuarantine quarantine) => Source.ActorRef<ImmutableArray<SetAside>>(100, OverflowStrategy.Fail)
        .Via(new QuarantineStage(quarantine, Time, _log))
        .To(Sink.ActorRef<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>(
                TestActor, "completed", failure => new Status.Failure(failure)))
        .Run(Sys.Materializer());

    private SetAside SetAside(string queue, string reason, byte[] body) =>
        new(queue, reason, "found", body, _settlement.Deliver("payload"));
}
