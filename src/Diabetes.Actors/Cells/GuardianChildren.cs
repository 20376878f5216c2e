namespace Diabetes.Actors;

/// <summary>The children of a guardian: <see cref="ActorSystem.ActorOf"/> adds to them from any thread.</summary>
internal sealed class GuardianChildren : Children
{
    private readonly Lock _gate = new();

    public override long NextAnonymous()
    {
        lock (_gate)
        {
            return base.NextAnonymous();
        }
    }

    public override long Reserve(string name, ActorCell parent)
    {
        lock (_gate)
        {
            return base.Reserve(name, parent);
        }
    }

    public override bool TryAdd(ActorCell child)
    {
        lock (_gate)
        {
            return base.TryAdd(child);
        }
    }

    public override void Seal()
    {
        lock (_gate)
        {
            base.Seal();
        }
    }

    public override bool Remove(ActorCell child)
    {
        lock (_gate)
        {
            return base.Remove(child);
        }
    }

    public override bool MarkDying(ActorCell child)
    {
        lock (_gate)
        {
            return base.MarkDying(child);
        }
    }

    public override ActorCell? Find(string name)
    {
        lock (_gate)
        {
            return base.Find(name);
        }
    }

    public override ActorCell[] ToArray()
    {
        lock (_gate)
        {
            return base.ToArray();
        }
    }

    public override bool Await(AwaitedDeaths awaited, Exception? cause = null)
    {
        lock (_gate)
        {
            return base.Await(awaited, cause);
        }
    }
}
