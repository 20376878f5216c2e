namespace Diabetes.Actors;

/// <summary>References that need no actor.</summary>
public static class ActorRefs
{
    /// <summary>Swallows everything.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>Says that a message has no sender. The receiver sees the system's dead letters in its place.</summary>
    public static readonly IActorRef? NoSender;
}
