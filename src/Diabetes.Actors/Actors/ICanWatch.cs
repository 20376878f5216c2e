namespace Diabetes.Actors;

/// <summary>Death watch: being told, exactly once, that another actor has stopped.</summary>
public interface ICanWatch
{
    /// <summary>Asks for a <see cref="Terminated"/> when <paramref name="subject"/> has stopped, or at once if it has already.</summary>
    /// <returns><paramref name="subject"/>, to be chained.</returns>
    IActorRef Watch(IActorRef subject);

    /// <summary>As <see cref="Watch"/>, with a message of the caller's in place of <see cref="Terminated"/>.</summary>
    /// <exception cref="InvalidOperationException"><paramref name="subject"/> is watched already, with another message.</exception>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Takes the watch back. A <see cref="Terminated"/> that waits in the mailbox is not delivered any more.</summary>
    IActorRef Unwatch(IActorRef subject);
}
