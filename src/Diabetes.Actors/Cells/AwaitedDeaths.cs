namespace Diabetes.Actors;

/// <summary>What an actor does once its last dying child is gone.</summary>
internal enum AwaitedDeaths
{
    /// <summary>Nothing: it lives on.</summary>
    None,

    /// <summary>Creates itself again after a creation that failed.</summary>
    ForCreation,

    /// <summary>Restarts.</summary>
    ForRecreation,

    /// <summary>Stops.</summary>
    ForTermination,
}
