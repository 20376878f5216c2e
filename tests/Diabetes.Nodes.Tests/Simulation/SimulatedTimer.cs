namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Implements a timer of <see cref="SimulatedTime"/>.</summary>
internal sealed class SimulatedTimer(Agenda agenda, Life life, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private Deed? _next;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _next?.TakeBack();
        _period = period;
        _next = dueTime == Timeout.InfiniteTimeSpan ? null : agenda.After(dueTime, life, Fire);
        return true;
    }

    public void Dispose() => _next?.TakeBack();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Fire()
    {
        _next = _period == Timeout.InfiniteTimeSpan ? null : agenda.After(_period, life, Fire);
        callback(state);
    }
}
