namespace Diabetes.Actors;

/// <summary>The system's clock.</summary>
public interface ITimeProvider
{
    /// <summary>Now, UTC.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Time since the system's start; never goes back.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>Time since the system's start; never goes back.</summary>
    TimeSpan HighResMonotonicClock { get; }
}
