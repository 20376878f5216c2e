using Diabetes.Actors;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Metric;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Ends a node in the order in which it ends itself: each asks only when the one before has answered.</summary>
internal sealed class Drainer : ReceiveActor
{
    public Drainer(LifeActors actors, Action<DrainResult> drained)
    {
        ReceiveAsync<Begin>(async _ =>
        {
            foreach (var source in actors.Sources)
            {
                await source.Ask<SourceProtocol.Drained>(SourceProtocol.Drain.Instance);
            }

            var waiting = 0;
            foreach (var holder in actors.Holders)
            {
                waiting += (await holder.Ask<ShardProtocol.Tally>(ShardProtocol.Drain.Instance)).Waiting;
            }

            var state = await actors.Joiner.Ask<JoinProtocol.State>(JoinProtocol.Flush.Instance);
            var errors = await actors.Histogram.Ask<ErrorSummary>(HistogramProtocol.GetSummary.Instance);
            var quarantined = await actors.Quarantine.Ask<QuarantineProtocol.Flushed>(QuarantineProtocol.Flush.Instance);
            await actors.Letters.Ask<DeadLettersProtocol.Flushed>(DeadLettersProtocol.Flush.Instance);
            var unsettled = 0;
            foreach (var source in actors.Sources)
            {
                unsettled += (await source.Ask<SourceProtocol.Closed>(SourceProtocol.Close.Instance)).Unsettled;
            }

            drained(new DrainResult(waiting, state.Joined, errors.Count, state.Waiting + quarantined.Waiting, unsettled));
        });
    }

    public sealed record Begin
    {
        public static readonly Begin Instance = new();
    }
}
