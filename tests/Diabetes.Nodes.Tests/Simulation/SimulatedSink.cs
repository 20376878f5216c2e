using Diabetes.Streams;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>A queue of dead letters. A letter is there before its confirm is back, which a crash may lose.</summary>
internal sealed class SimulatedSink(World world, Life life, QueueSpec spec) : ISink<QuarantineEntry>
{
    private readonly List<TaskCompletionSource> _flushers = [];

    public QueueSpec Queue => spec;

    public int Outstanding { get; private set; }

    public ValueTask PublishAsync(QuarantineEntry message, IConfirmation? confirmation, CancellationToken cancellationToken)
    {
        Outstanding++;
        world.Agenda.After(world.Latency(), life, () =>
        {
            world.Letters.Add(message);
            world.Agenda.After(world.Latency(), life, () => Confirm(confirmation));
        });
        return default;
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        if (Outstanding == 0)
        {
            return Task.CompletedTask;
        }

        _flushers.Add(new TaskCompletionSource());
        return _flushers[^1].Task;
    }

    public ValueTask DisposeAsync() => default;

    private void Confirm(IConfirmation? confirmation)
    {
        confirmation?.Confirmed();
        if (--Outstanding == 0)
        {
            var flushed = _flushers.ToArray();
            _flushers.Clear();
            Array.ForEach(flushed, static flusher => flusher.SetResult());
        }
    }
}
