namespace Diabetes.Actors;

/// <summary>Stopping an actor and waiting for it, from outside the system.</summary>
public static class GracefulStopSupport
{
    /// <summary>Sends a <see cref="PoisonPill"/> and completes when the actor has stopped.</summary>
    /// <returns>False if it has not in <paramref name="timeout"/>.</returns>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => GracefulStop(target, timeout, PoisonPill.Instance);

    /// <summary>Sends a message that makes the actor stop, and completes when it has.</summary>
    /// <returns>False if it has not in <paramref name="timeout"/>.</returns>
    /// <exception cref="InvalidOperationException">The reference is of no actor, as <see cref="ActorRefs.Nobody"/>.</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        if (target is not IInternalActorRef actor)
        {
            throw new InvalidOperationException($"{target} is not an actor that could be stopped.");
        }

        var death = new DeathActorRef(actor.SystemImpl);
        actor.SendSystem(new WatchMessage(death));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await death.Task.WaitAsync(timeout, actor.SystemImpl.Time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            actor.SendSystem(new UnwatchMessage(death));
            return false;
        }
    }
}
