namespace Diabetes.Actors;

/// <summary>An actor with a stash. The kernel sets <see cref="Stash"/> after the constructor, before <c>PreStart</c>.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}
