namespace Diabetes.Actors;

/// <summary>Makes the actor fail with <see cref="ActorKilledException"/>; its supervisor decides what then.</summary>
public sealed class Kill : IAutoReceivedMessage
{
    private Kill()
    {
    }

    public static Kill Instance { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "<Kill>";
}
