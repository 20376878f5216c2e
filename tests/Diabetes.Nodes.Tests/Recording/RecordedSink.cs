using Diabetes.Streams;

namespace Diabetes.Nodes.Tests.Recording;

/// <summary>A sink that keeps what it is given, and confirms when the test says so.</summary>
internal sealed class RecordedSink<T> : ISink<T>
{
    private readonly List<IConfirmation?> _unconfirmed = [];
    private TaskCompletionSource _room = Completed();

    public List<T> Messages { get; } = [];

    public QueueSpec Queue { get; } = new("recorded");

    public int Outstanding => _unconfirmed.Count;

    public bool IsDisposed { get; private set; }

    /// <summary>From now on messages wait for room.</summary>
    public void Fill() => _room = new TaskCompletionSource();

    public void MakeRoom() => _room.SetResult();

    /// <summary>From now on nothing is taken, now or ever.</summary>
    public void Refuse()
    {
        _room = new TaskCompletionSource();
        _room.SetException(new BrokerRefusedException("Not for you.", new InvalidOperationException("refused")));
    }

    public void Confirm()
    {
        _unconfirmed.ForEach(confirmation => confirmation?.Confirmed());
        _unconfirmed.Clear();
    }

    public async ValueTask PublishAsync(T message, IConfirmation? confirmation, CancellationToken cancellationToken)
    {
        await _room.Task.WaitAsync(cancellationToken);
        Messages.Add(message);
        _unconfirmed.Add(confirmation);
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Confirm();
        return _room.Task.IsFaulted ? _room.Task : Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
