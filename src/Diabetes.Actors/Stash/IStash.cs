namespace Diabetes.Actors;

/// <summary>Messages put aside for later. They survive a restart, back in the mailbox, and become dead letters when the actor stops.</summary>
public interface IStash
{
    /// <summary>Puts the message being handled aside.</summary>
    /// <exception cref="IllegalActorStateException">It is stashed already.</exception>
    /// <exception cref="StashOverflowException">The stash is bounded and full.</exception>
    void Stash();

    /// <summary>Puts the oldest stashed message in front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all stashed messages in front of the mailbox, in their order.</summary>
    void UnstashAll();

    /// <summary>Puts those that <paramref name="predicate"/> wants in front of the mailbox, in their order; the others are dropped.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Empties the stash and gives what was in it.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages before those that are stashed.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}
