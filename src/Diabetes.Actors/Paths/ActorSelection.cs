namespace Diabetes.Actors;

/// <summary>
/// A path as a place to send to: each message finds what lives there when it comes. It travels through the actors on the way as a system message, so it
/// needs no lock on anybody's children. <c>..</c> goes up, <c>*</c> is any one element.
/// </summary>
public sealed class ActorSelection : ICanTell
{
    private static readonly TimeSpan Immediate = TimeSpan.FromMilliseconds(1);

    private readonly string[] _elements;

    internal ActorSelection(ActorCell anchor, string path)
    {
        AnchorCell = path.StartsWith('/') ? anchor.SystemImpl.Root : anchor;
        _elements = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Where the path starts.</summary>
    public IActorRef Anchor => AnchorCell;

    /// <summary>The path from there.</summary>
    public string PathString => string.Join('/', _elements);

    internal ActorCell AnchorCell { get; }

    /// <inheritdoc/>
    public void Tell(object message, IActorRef? sender = null)
    {
        InvalidMessageException.ThrowIfNull(message);
        AnchorCell.SendSystem(new SelectMessage(this, 0, message, sender ?? ActorCell.Current));
    }

    /// <summary>The one actor that lives there now.</summary>
    /// <exception cref="ActorNotFoundException">There is none, or it did not answer in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, default);

    /// <inheritdoc cref="ResolveOne(TimeSpan)"/>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout < Immediate ? Immediate : timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"No actor lives at {this}.");
        }
        catch (AskTimeoutException late)
        {
            throw new ActorNotFoundException($"No actor at {this} answered within {timeout}.", late);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelection[Anchor({AnchorCell.Path}), Path(/{PathString})]";

    /// <summary>One step further, on the run of the actor that the message has reached.</summary>
    internal void Deliver(ActorCell cell, int depth, object message, IActorRef? sender)
    {
        if (depth == _elements.Length)
        {
            cell.Tell(message, sender);
            return;
        }

        switch (_elements[depth])
        {
            case "..":
                Step(cell.Parent, depth, message, sender);
                break;
            case "*":
                foreach (var child in cell.ChildrenNow())
                {
                    Step(child, depth, message, sender);
                }

                break;
            case var name:
                Step(cell.Child(name), depth, message, sender);
                break;
        }
    }

    internal void Undelivered(object message, IActorRef? sender) => AnchorCell.SystemImpl.DeadLetterRef.Tell(message, sender);

    private void Step(IActorRef next, int depth, object message, IActorRef? sender)
    {
        if (next is not ActorCell cell)
        {
            Undelivered(message, sender);
        }
        else if (depth == _elements.Length - 1)
        {
            cell.Tell(message, sender);
        }
        else
        {
            cell.SendSystem(new SelectMessage(this, depth + 1, message, sender));
        }
    }
}
