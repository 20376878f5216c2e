using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Diabetes.Actors;

/// <summary>
/// An actor as the kernel sees it: reference, context and mailbox in one object, because there are millions of them. The parts: this file says what a
/// cell is; Mailbox, how messages reach it; Run, how they are handled; Context, what the actor may ask of it; Life, how it starts and ends;
/// Faults, what happens when it fails; Watch and Async.
/// </summary>
internal partial class ActorCell : IInternalActorRef, IUntypedActorContext, IThreadPoolWorkItem
{
    private readonly CellFamily _family;
    private readonly string? _name;
    private readonly long _number;
    private ActorBase? _actor;
    private CellExtras? _extras;
    private CellFlags _flags;
    private short _suspensions;

    public ActorCell(CellFamily family, string? name, long number)
    {
        _family = family;
        _name = name;
        _number = number;
        _state = ActorState.Born;
    }

    /// <summary>The cell that runs on this thread.</summary>
    public static ActorCell? Current => CellThread.CurrentCell;

    /// <exception cref="NotSupportedException">No cell runs on this thread.</exception>
    public static ActorCell Required => Current ?? throw ActorBase.NoContext();

    public ActorSystemImpl SystemImpl => _family.System;

    /// <summary>The name it was created with; null if it was given a number.</summary>
    public string? GivenName => _name;

    public string Name => _name ?? PathSymbols.Anonymous(_number);

    public ActorPath Path => _extras?.Path ?? CreatePath();

    public bool IsTerminated => _state == ActorState.Closed;

    // The list of siblings and the mark belong to the parent's run.
    public ActorCell? PreviousSibling { get; set; }

    public ActorCell? NextSibling { get; set; }

    public ChildMark Mark { get; set; }

    /// <summary>Set by the event stream when this actor subscribes: it is then unsubscribed when it stops.</summary>
    public bool IsSubscriber { get; set; }

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"[{Path}#{Path.Uid}]";

    private ActorCell? ParentCell => _family.Parent;

    private bool Has(CellFlags flag) => (_flags & flag) != 0;

    [MemberNotNull(nameof(_extras))]
    private CellExtras Extras() => _extras ??= new CellExtras();

    private ActorPath CreatePath()
    {
        if (ParentCell is null)
        {
            return ActorPath.Root(SystemImpl.Address);
        }

        // A parent keeps its path, for its children; the others make theirs when asked.
        var path = ParentCell.KeptPath().Incarnation(Name, _name is null ? _number + 1 : _number);
        return path;
    }

    private ActorPath KeptPath()
    {
        var extras = _extras;
        return extras is null ? CreatePath() : extras.Path ??= CreatePath();
    }
}
