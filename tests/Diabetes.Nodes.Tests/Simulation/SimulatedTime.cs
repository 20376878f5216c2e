namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>The clock as one life of the node sees it: its timers end with it.</summary>
internal sealed class SimulatedTime(Agenda agenda, Life life) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>To the millisecond, which is what a store keeps of it.</summary>
    public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(Math.Floor(agenda.Now.TotalMilliseconds));

    public override long GetTimestamp() => agenda.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(agenda, life, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
