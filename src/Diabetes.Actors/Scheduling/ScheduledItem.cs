namespace Diabetes.Actors;

/// <summary>What the clock does later: the node of its heap itself.</summary>
internal abstract class ScheduledItem
{
    private Clock? _clock;

    /// <summary>In ticks of 100 ns since the system's start.</summary>
    public long Due { get; set; }

    /// <summary>Ticks between repetitions; 0 for once.</summary>
    public long Period { get; set; }

    /// <summary>Place in the heap; -1 for none.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Takes it back; it may be firing at this moment on another thread.</summary>
    public void Cancel() => _clock?.Remove(this);

    public void AttachTo(Clock clock) => _clock = clock;

    /// <summary>On the clock's thread: short, and throws nothing.</summary>
    protected internal abstract void Fire();
}
