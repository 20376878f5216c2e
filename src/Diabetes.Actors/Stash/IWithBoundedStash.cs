namespace Diabetes.Actors;

/// <summary>An actor with a stash that takes <see cref="BootstrapSetup.StashCapacity"/> messages.</summary>
public interface IWithBoundedStash : IActorStash;
