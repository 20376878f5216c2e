namespace Diabetes.Actors;

/// <summary>Does things later, by the system's clock. In an actor prefer <see cref="IWithTimers"/>, which ends with the actor.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    IAdvancedScheduler Advanced { get; }
}
