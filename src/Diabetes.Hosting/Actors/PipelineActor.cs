using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Hosting.Shutdown;

namespace Diabetes.Hosting.Actors;

/// <summary>
/// Owns one consuming pipeline: runs it until the actor stops and keeps its control. A pipeline that fails ends the node: the broker has
/// everything that is unsettled and redelivers it to the next start.
/// </summary>
public sealed class PipelineActor : ReceiveActor
{
    private readonly string _queue;
    private readonly IRunnableGraph<DrainingControl<Done>> _pipeline;
    private readonly List<IActorRef> _drainers = [];
    private DrainingControl<Done> _control = null!;
    private object? _end;

    /// <summary>Takes the pipeline; <see cref="PreStart"/> runs it.</summary>
    /// <param name="queue">The queue that the pipeline consumes.</param>
    /// <param name="pipeline">The blueprint.</param>
    public PipelineActor(string queue, IRunnableGraph<DrainingControl<Done>> pipeline)
    {
        (_queue, _pipeline) = (queue, pipeline);
        Receive<PipelineProtocol.Stop>(_ => _control.Stop().PipeTo(Sender, success: () => PipelineProtocol.Stopped.Instance));
        Receive<PipelineProtocol.Drain>(_ =>
        {
            _drainers.Add(Sender);
            AnswerDrainers();
        });
        Receive<PipelineProtocol.Close>(_ =>
        {
            var unsettled = _control.Unsettled;
            _control.Shutdown().PipeTo(Sender, success: () => new PipelineProtocol.Closed(unsettled));
        });
        Receive<PipelineProtocol.GetState>(_ => Sender.Tell(new PipelineProtocol.State(_queue, _control.Unsettled)));
        Receive<Done>(_ => End(PipelineProtocol.Drained.Instance));
        Receive<Status.Failure>(failure =>
        {
            var reason = Reason(failure.Cause);
            Context.System.EventStream.Publish(new NodeFailed($"Queue '{_queue}' cannot be consumed.", reason));
            End(new Status.Failure(reason));
        });
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _control = _pipeline.Run(Context.Materializer());
        _control.StreamCompletion.PipeTo(Self);
    }

    /// <summary>Keeps the answer for everyone who asks about the drain, now or later. The pipeline settles nothing more.</summary>
    private void End(object end)
    {
        _end = end;
        AnswerDrainers();
    }

    private void AnswerDrainers()
    {
        if (_end is { } end)
        {
            _drainers.ForEach(drainer => drainer.Tell(end));
            _drainers.Clear();
        }
    }

    // SelectAsync wraps the exception of a task in an AggregateException.
    private static Exception Reason(Exception cause) => cause is AggregateException wrapping ? wrapping.GetBaseException() : cause;
}
