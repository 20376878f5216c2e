namespace Diabetes.Actors;

/// <summary>Brings what follows an await in an asynchronous handler back into its actor.</summary>
internal sealed class ActorSynchronizationContext(ActorCell cell) : SynchronizationContext
{
    private readonly Lock _orphans = new();

    public override void Post(SendOrPostCallback d, object? state) => cell.SendSystem(new ContinuationMessage(this, d, state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (ActorCell.Current != cell)
        {
            throw new NotSupportedException($"{cell} cannot be called synchronously from another thread. Send it a message.");
        }

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    public void Run(SendOrPostCallback callback, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            cell.RunStep(callback, state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Steps of handlers whose actor is gone, still one at a time.</summary>
    public void RunOrphaned(SendOrPostCallback callback, object? state) => ThreadPool.UnsafeQueueUserWorkItem(
        step =>
        {
            lock (step._orphans)
            {
                step.Run(callback, state);
            }
        },
        this,
        preferLocal: false);
}
