namespace Diabetes.Actors;

/// <summary>An actor with a stash without limit.</summary>
public interface IWithUnboundedStash : IActorStash;
