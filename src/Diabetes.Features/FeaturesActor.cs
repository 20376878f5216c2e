using Akka.Streams;
using Akka.Streams.Dsl;

namespace Diabetes.Features;

/// <summary>
/// Runs a <see cref="FeaturesPipeline"/> for as long as the actor lives, and tells those who ask how it ended. A failed pipeline, in most
/// cases because the broker refused it, is not restarted: that would forget the labels that still have to be sent, and fail again.
/// </summary>
public sealed class FeaturesActor : ReceiveActor
{
    private readonly IRunnableGraph<FeaturesControl> _pipeline;
    private readonly List<IActorRef> _waiters = [];
    private FeaturesControl _control = null!;
    private object? _end;

    /// <param name="pipeline">The graph to run.</param>
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
