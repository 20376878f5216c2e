namespace Diabetes.Actors;

/// <summary>Options for a supervisor that lets time pass before it starts its child again: longer each time.</summary>
public static class Backoff
{
    /// <summary>The child is started again when it fails. A child that stops itself ends the supervisor.</summary>
    /// <param name="childProps">The child.</param>
    /// <param name="childName">Its name.</param>
    /// <param name="minBackoff">The first pause.</param>
    /// <param name="maxBackoff">The longest pause; each is twice the one before.</param>
    /// <param name="randomFactor">0 to 1: how much longer, at random, a pause may be, so that many supervisors do not act at once.</param>
    /// <param name="maxNrOfRetries">Starts before the supervisor gives up and stops; -1 for no limit.</param>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries)
        => new BackoffSettings(true, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);

    /// <summary>The child is started again when it stops, of itself or because its failure stopped it.</summary>
    /// <inheritdoc cref="OnFailure"/>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries)
        => new BackoffSettings(false, childProps, childName, minBackoff, maxBackoff, randomFactor).WithMaxNrOfRetries(maxNrOfRetries);
}
