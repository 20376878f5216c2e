using Akka.Streams.Stage;
using Akka.Streams;

namespace Diabetes.Amqp.Stages;

/// <summary>
/// Does something with each element, and says when the stream has ended. Unlike the sinks of Akka.Streams it completes its task on its own thread: whoever waits in
/// an actor comes back through its mailbox, and without a hop over the thread pool a simulation repeats.
/// The task never ends where the stream is cut off with its materializer: whoever waited for it is cut off too.
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
