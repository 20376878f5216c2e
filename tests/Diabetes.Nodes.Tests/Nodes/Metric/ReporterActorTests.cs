using Diabetes.Metric.Correlators;
using Diabetes.Metric.Report;
using Diabetes.Metric.Rows;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;
using Diabetes.Testing.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Nodes.Tests.Nodes.Metric;

public sealed class ReporterActorTests : VirtualTimeTestKit
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly RecordingLogger _log = new();
    private int _asked;

    [Fact]
    public void Tick_AlwaysLate_IsSaidOnceAndTheCountsAreCheckedAllTheSame()
    {
        var peers = new ReporterPeers(
            new GivenActor<BucketsActor>(Answer<BucketProtocol.GetTally>(
                () => new Status.Failure(new AskTimeoutException("late")))),
            [],
            new GivenActor<LedgerActor>(Answer<LedgerProtocol.GetState>(() =>
            {
                _asked++;
                return new LedgerProtocol.State(0, 0, null);
            })),
            new GivenActor<HistogramActor>(Sys.ActorOf(Props.Create(() => new HistogramActor()))),
            new RecordedConnection());
        Sys.ActorOf(Props.Create(() => new ReporterActor(peers, Interval, _log)));
        AwaitRest();
        Advance(Interval);
        Advance(Interval);
        Assert.Equal(2, _asked);
        Assert.Equal([LogLevel.Warning, LogLevel.Debug], _log.Entries.Where(line => line.Id == 5005).Select(line => line.Level));
    }

    private IActorRef Answer<T>(Func<object> answer) =>
        Sys.ActorOf(Props.Create(() => new Peer<T>(answer)));

    private sealed class Peer<T> : ReceiveActor
    {
        public Peer(Func<object> answer) => Receive<T>(_ => Sender.Tell(answer()));
    }
}
