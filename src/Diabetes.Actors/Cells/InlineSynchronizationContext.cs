namespace Diabetes.Actors;

/// <summary>Runs a continuation at once, on the thread that completed its task, outside whatever actor and context that thread is in.</summary>
internal sealed class InlineSynchronizationContext : SynchronizationContext
{
    public static readonly InlineSynchronizationContext Instance = new();

    private InlineSynchronizationContext()
    {
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        var before = Current;
        SetSynchronizationContext(null);
        try
        {
            ActorCell.RunOutside(d, state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override SynchronizationContext CreateCopy() => this;
}
