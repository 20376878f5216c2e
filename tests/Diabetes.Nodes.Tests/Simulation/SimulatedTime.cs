namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Provides the clock of one life of the node. Its timers end with the life.</summary>
internal sealed class SimulatedTime(Agenda agenda, Life life) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The time to the millisecond, which is the precision that a store keeps.</summary>
    public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(Math.Floor(agenda.Now.TotalMilliseconds));

    public override long GetTimestamp() => agenda.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(agenda, life, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
