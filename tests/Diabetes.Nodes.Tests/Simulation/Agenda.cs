namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Keeps the actions to run, and the clock. Time passes only when no action is ready, or at random as on a busy machine. Which ready action
/// runs first is random, too.
/// </summary>
internal sealed class Agenda(Random random)
{
    private const int Dawdle = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);
    private readonly List<Deed> _ready = [];
    private readonly PriorityQueue<Deed, (TimeSpan At, long Order)> _later = new();
    private long _order;

    public TimeSpan Now { get; private set; }

    /// <summary>Adds an action to run now, in any order.</summary>
    public void Do(Life? life, Action action) => _ready.Add(new Deed(life, action));

    /// <summary>Adds an action to run after a delay.</summary>
    public Deed After(TimeSpan delay, Life? life, Action action)
    {
        var deed = new Deed(life, action);
        _later.Enqueue(deed, (Now + delay, _order++));
        return deed;
    }

    /// <summary>Runs one action.</summary>
    public void Step()
    {
        if (_ready.Count > 0 && !(random.Next(Dawdle) == 0 && _later.TryPeek(out _, out var next) && next.At - Now < Longest))
        {
            var which = random.Next(_ready.Count);
            var deed = _ready[which];
            _ready[which] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            deed.Run();
        }
        else if (_later.TryDequeue(out var deed, out var due))
        {
            Now = due.At > Now ? due.At : Now;
            deed.Run();
        }
    }
}
