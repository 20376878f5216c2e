using Akka.Streams.Dsl;
using Akka.Streams;

namespace Diabetes.Features;

/// <summary>
/// Owns a <see cref="FeaturesPipeline"/>: runs it for as long as it lives itself, keeps its control and tells whoever waits how it ended. A pipeline that fails,
/// mostly at a broker that refuses, is not run again: that would forget the labels that are owed and fail again.
/// </summary>
public sealed class FeaturesActor : ReceiveActor
{
    private readonly IRunnableGraph<FeaturesControl> _pipeline;
    private readonly List<IActorRef> _waiters = [];
    private FeaturesControl _control = null!;
    private object? _end;

    /// <param name="pipeline">The blueprint.</param>
    public FeaturesActor(IRunnableGraph<FeaturesControl> pipeline)
    {
        _pipeline = pipeline;
        Receive<FeaturesProtocol.WhenFinished>(_ => TellTheEndTo(Sender));
        Receive<FeaturesProtocol.Finish>(_ =>
        {
            _control.Traffic.Finish();
            TellTheEndTo(Sender);
        });
        Receive<FeaturesProtocol.Finished>(End);
        Receive<Status.Failure>(End);
    }

    protected override void PreStart()
    {
        var control = _control = _pipeline.Run(Context.Materializer());
        control.Confirmed.PipeTo(Self, success: _ => new FeaturesProtocol.Finished(control.Traffic.Rows));
    }

    private void TellTheEndTo(IActorRef waiter)
    {
        if (_end is null)
        {
            _waiters.Add(waiter);
        }
        else
        {
            waiter.Tell(_end);
        }
    }

    private void End(object end)
    {
        _end = end;
        _waiters.ForEach(waiter => waiter.Tell(end));
        _waiters.Clear();
    }
}
