namespace Diabetes.Actors;

/// <summary>What a thread knows of the cell that runs on it; one lookup of a thread's own storage instead of several.</summary>
internal sealed class CellThread
{
    /// <summary>
    /// A cell made ready on a thread goes before all else that waits for that thread, because its message is still in the thread's cache. Every so often
    /// one goes to the end of the common queue instead: two actors that keep waking each other would otherwise keep their thread for themselves for ever.
    /// </summary>
    private const int LocalInARow = 64;

    [ThreadStatic]
    private static CellThread? t_here;

    private int _madeReady;

    public static CellThread Here => t_here ?? Create();

    /// <summary>The cell that runs on this thread.</summary>
    public static ActorCell? CurrentCell => t_here?.Current;

    public ActorCell? Current { get; set; }

    /// <summary>Whether the next cell that is made ready here is to be kept near.</summary>
    public static bool KeepsNext() => t_here is { Current: not null } here && ++here._madeReady % LocalInARow != 0;

    private static CellThread Create() => t_here = new CellThread();
}
