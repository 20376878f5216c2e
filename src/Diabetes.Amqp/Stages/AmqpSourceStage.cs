using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Akka.Streams;
using Akka.Streams.Stage;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp.Stages;

/// <summary>
/// Emits the deliveries of a consumer. The consumer's thread puts them into a queue, which the prefetch bounds, and wakes the stage once
/// for many of them.
/// </summary>
internal sealed class AmqpSourceStage<T>(NamedQueueSourceSettings settings, Decoder<T> decode)
    : GraphStageWithMaterializedValue<SourceShape<ImmutableArray<CommittableMessage<T>>>, IControl>
{
    /// <summary>
    /// The largest number of messages in one element. It bounds the work of the stages behind this one before other streams get their turn.
    /// </summary>
    private const int MostAtOnce = 256;

    private readonly Outlet<ImmutableArray<CommittableMessage<T>>> _out = new("AmqpSource.out");

    public override SourceShape<ImmutableArray<CommittableMessage<T>>> Shape => field ??= new(_out);

    protected override Attributes InitialAttributes => Attributes.CreateName($"AmqpSource-{Uri.EscapeDataString(settings.Queue.Name)}");

    public override ILogicAndMaterializedValue<IControl> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new Logic(this, settings, decode);
        return new LogicAndMaterializedValue<IControl>(logic, logic);
    }

    private sealed class Logic : OutGraphStageLogic, IDeliveries, IControl
    {
        private readonly AmqpSourceStage<T> _stage;
        private readonly NamedQueueSourceSettings _settings;
        private readonly Decoder<T> _decode;
        private readonly Action _wake;
        private readonly Action _stop;
        private readonly Action<Exception?> _shut;
        private readonly Action<Exception> _fail;

        // The continuations of these tasks run on the stage's thread, not on the thread pool. An actor that waits for them continues
        // through its mailbox anyway, and a simulation stays repeatable.
        private readonly TaskCompletionSource _started = new();
        private readonly TaskCompletionSource _stopped = new();
        private readonly TaskCompletionSource _shutdown = new();
        private readonly Lock _gate = new();
        private readonly Queue<CommittableMessage<T>> _arrived = new();
        private ISettlement? _channel;
        private bool _awake;
        private AmqpConsumer? _consumer;
        private bool _stopping;
        private bool _silent;
        private Task? _closing;

        public Logic(AmqpSourceStage<T> stage, NamedQueueSourceSettings settings, Decoder<T> decode)
            : base(stage.Shape)
        {
            (_stage, _settings, _decode) = (stage, settings, decode);
            _wake = GetAsyncCallback(PushIfWanted);
            _stop = GetAsyncCallback(BeginStop);
            _shut = GetAsyncCallback<Exception?>(BeginShutdown);
            _fail = GetAsyncCallback<Exception>(FailStage);
            SetHandler(stage._out, this);
        }

        public int Unsettled => Volatile.Read(ref _consumer)?.Unsettled ?? 0;

        public Task IsShutdown => _shutdown.Task;

        public Task Stop()
        {
            OnceStarted(_stop);
            return _stopped.Task;
        }

        public Task Shutdown(Exception? cause = null)
        {
            OnceStarted(() => _shut(cause));
            return _shutdown.Task;
        }

        public async Task<TResult> DrainAndShutdown<TResult>(Task<TResult> streamCompletion)
        {
            try
            {
                await Stop().ConfigureAwait(false);
                return await streamCompletion.ConfigureAwait(false);
            }
            finally
            {
                await Shutdown().ConfigureAwait(false);
            }
        }

        public override void PreStart()
        {
            _started.TrySetResult();
            Volatile.Write(ref _consumer, _settings.Connection.Consume(_settings, this));
            When(_consumer!.StartAsync(), started =>
            {
                if (started.IsFaulted)
                {
                    FailStage(started.Exception.GetBaseException());
                }
            });
        }

        public override void OnPull() => PushArrived();

        public override void OnDownstreamFinish(Exception cause)
        {
            if (cause is not SubscriptionWithCancelException.NonFailureCancellation)
            {
                FailStage(cause);
            }
            else if (!_stopping)
            {
                // Nobody downstream wants more messages, so leave them to other consumers.
                CompleteStage();
            }
        }

        public override void PostStop()
        {
            if (CloseAsync() is { IsCompleted: false } closing)
            {
                closing.ContinueWith(
                    _ => Ended(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            else
            {
                Ended();
            }
        }

        void IDeliveries.Take(in IncomingMessage message, ulong tag, bool redelivered, ISettlement settlement)
        {
            CommittableMessage<T> delivery;
            try
            {
                delivery = new CommittableMessage<T>(_decode(message), tag, redelivered, settlement);
            }
            catch (Exception fault)
            {
                // The decoder threw, which is a bug. Fail the stage, because otherwise the delivery would stay unacked for ever and nobody
                // would see why.
                _fail(fault);
                return;
            }

            bool first;
            lock (_gate)
            {
                if (settlement != _channel)
                {
                    // The channel is new. Messages of the lost channel that are still here will be delivered again, so drop them: otherwise
                    // the work would be done twice and the queue would be unbounded.
                    _arrived.Clear();
                    _channel = settlement;
                }

                _arrived.Enqueue(delivery);
                (first, _awake) = (!_awake, true);
            }

            if (first)
            {
                _wake();
            }
        }

        private void PushIfWanted()
        {
            if (IsAvailable(_stage._out))
            {
                PushArrived();
            }
        }

        private void PushArrived()
        {
            CommittableMessage<T>[] batch;
            lock (_gate)
            {
                batch = new CommittableMessage<T>[Math.Min(_arrived.Count, MostAtOnce)];
                for (var i = 0; i < batch.Length; i++)
                {
                    batch[i] = _arrived.Dequeue();
                }

                // Stay awake while there is no demand, because the next pull looks by itself.
                _awake = batch.Length > 0;
            }

            if (batch.Length > 0)
            {
                Push(_stage._out, ImmutableCollectionsMarshal.AsImmutableArray(batch));
            }

            CompleteIfEmpty();
        }

        private void BeginStop()
        {
            if (_stopping || _closing is not null)
            {
                return;
            }

            _stopping = true;
            SetKeepGoing(true);
            When(_consumer!.StopAsync(), _ =>
            {
                _silent = true;
                _stopped.TrySetResult();
                CompleteIfEmpty();
            });
        }

        private void CompleteIfEmpty()
        {
            if (_silent && !IsClosed(_stage._out))
            {
                lock (_gate)
                {
                    if (_arrived.Count > 0)
                    {
                        return;
                    }
                }

                Complete(_stage._out);
            }
        }

        private void BeginShutdown(Exception? cause)
        {
            if (_closing is not null)
            {
                return;
            }

            SetKeepGoing(true);
            When(CloseAsync(), _ =>
            {
                if (cause is null)
                {
                    CompleteStage();
                }
                else
                {
                    FailStage(cause);
                }
            });
        }

        private Task CloseAsync() => _closing ??= _consumer?.DisposeAsync().AsTask() ?? Task.CompletedTask;

        private void Ended()
        {
            _stopped.TrySetResult();
            _shutdown.TrySetResult();
        }

        /// <summary>Runs a call once the stage has started, because a stage that has not started drops calls.</summary>
        private void OnceStarted(Action call) =>
            _started.Task.ContinueWith(
                _ => call(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        /// <summary>Runs a continuation on the stage's thread when the task has ended.</summary>
        private void When(Task task, Action<Task> then)
        {
            if (task.IsCompleted)
            {
                then(task);
                return;
            }

            var callback = GetAsyncCallback(then);
            task.ContinueWith(callback, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
