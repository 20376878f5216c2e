using Akka.Streams;
using Akka.Streams.Stage;

namespace Diabetes.Amqp.Stages;

/// <summary>
/// Runs an action for each element, and completes a task when the stream ends. Unlike the sinks of Akka.Streams it completes the task on
/// its own thread and not on the thread pool: an actor that waits for it continues through its mailbox anyway, and a simulation stays
/// repeatable. The task never completes if the materializer is stopped.
/// </summary>
internal sealed class EndStage<T>(Action<T> take) : GraphStageWithMaterializedValue<SinkShape<T>, Task<Done>>
{
    private readonly Inlet<T> _in = new("End.in");

    public override SinkShape<T> Shape => field ??= new(_in);

    public override ILogicAndMaterializedValue<Task<Done>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new Logic(this, take);
        return new LogicAndMaterializedValue<Task<Done>>(logic, logic.Ended);
    }

    private sealed class Logic : InGraphStageLogic
    {
        private readonly EndStage<T> _stage;
        private readonly Action<T> _take;
        private readonly TaskCompletionSource<Done> _ended = new();

        public Logic(EndStage<T> stage, Action<T> take)
            : base(stage.Shape)
        {
            (_stage, _take) = (stage, take);
            SetHandler(stage._in, this);
        }

        public Task<Done> Ended => _ended.Task;

        public override void PreStart() => Pull(_stage._in);

        public override void OnPush()
        {
            try
            {
                _take(Grab(_stage._in));
                Pull(_stage._in);
            }
            catch (Exception fault)
            {
                OnUpstreamFailure(fault);
            }
        }

        public override void OnUpstreamFinish()
        {
            _ended.TrySetResult(Done.Instance);
            CompleteStage();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _ended.TrySetException(e);
            FailStage(e);
        }
    }
}
