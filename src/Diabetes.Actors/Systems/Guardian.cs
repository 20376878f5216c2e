namespace Diabetes.Actors;

/// <summary><c>/user</c> or <c>/system</c>: supervises what stands under it.</summary>
internal sealed class Guardian : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);

    protected override void PreRestart(Exception reason, object? message)
    {
    }
}
