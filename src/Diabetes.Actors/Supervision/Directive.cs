namespace Diabetes.Actors;

/// <summary>What a supervisor does about a failed child.</summary>
public enum Directive
{
    /// <summary>It goes on with the next message, its state as it is.</summary>
    Resume,

    /// <summary>A new instance takes its place; the mailbox is kept, the message that failed is not.</summary>
    Restart,

    /// <summary>The supervisor fails in turn.</summary>
    Escalate,

    /// <summary>It is stopped.</summary>
    Stop,
}
