namespace Diabetes.Actors;

/// <summary>
/// Runs a continuation on the thread that completed its task. Awaiting under no context would not do: under anybody else's context, as in an actor's own
/// run, the task would send the continuation round by the thread pool first. For continuations that only send.
/// </summary>
internal sealed class InlineSynchronizationContext : SynchronizationContext
{
    public static readonly InlineSynchronizationContext Instance = new();

    private InlineSynchronizationContext()
    {
    }

    public override void Post(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
