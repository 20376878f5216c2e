namespace Diabetes.Actors;

/// <summary>The stash of one incarnation. Owned by the cell's run.</summary>
internal sealed class StashBuffer(ActorCell cell, int capacity) : IStash
{
    private readonly LinkedList<Envelope> _stashed = new();

    public void Stash()
    {
        var current = cell.CurrentEnvelope;
        if (!cell.TryMarkStashed())
        {
            throw new IllegalActorStateException($"{cell} stashed {current.Message} already. Stash a message once each time it is handled.");
        }

        if (_stashed.Count >= capacity)
        {
            throw new StashOverflowException($"{cell} cannot stash {current.Message}: its stash is full at {capacity}. Raise the stash capacity, or unstash sooner.");
        }

        _stashed.AddLast(current);
    }

    public void Unstash()
    {
        if (_stashed.First is { } first)
        {
            _stashed.RemoveFirst();
            cell.Prepend([first.Value]);
        }
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate) => cell.Prepend([.. ClearStash().Where(predicate)]);

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] all = [.. _stashed];
        _stashed.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
        {
            _stashed.AddFirst(envelope);
        }
    }
}
