namespace Diabetes.Actors;

/// <summary>What can be sent messages.</summary>
public interface ICanTell
{
    /// <summary>Sends <paramref name="message"/>, at most once, without waiting. Order is kept between this sender and this receiver.</summary>
    /// <param name="message">Not null, and not changed by anybody afterwards.</param>
    /// <param name="sender">Whom an answer would go to; null if nobody.</param>
    /// <exception cref="InvalidMessageException"><paramref name="message"/> is null.</exception>
    void Tell(object message, IActorRef? sender);
}
