namespace Diabetes.Actors;

/// <summary>The values behind <see cref="BackoffOptions"/>.</summary>
internal sealed class BackoffSettings(bool onFailure, Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) : BackoffOptions
{
    public Props ChildProps => childProps;

    public string ChildName => childName;

    /// <summary>Null: by hand.</summary>
    public TimeSpan? AutoReset { get; private init; } = minBackoff;

    public OneForOneStrategy Strategy { get; private init; } = new(SupervisorStrategy.DefaultDecider);

    public object? ReplyWhileStopped { get; private init; }

    public Func<object, bool>? IsFinalStop { get; private init; }

    internal override Props Props
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(minBackoff, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfLessThan(maxBackoff, minBackoff);
            ArgumentOutOfRangeException.ThrowIfNegative(randomFactor);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(randomFactor, 1);
            return onFailure ? Props.Create<BackoffOnFailureSupervisor>(this) : Props.Create<BackoffSupervisor>(this);
        }
    }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) => Copy(resetBackoff, Strategy, ReplyWhileStopped, IsFinalStop);

    public override BackoffOptions WithManualReset() => Copy(null, Strategy, ReplyWhileStopped, IsFinalStop);

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => Copy(AutoReset, supervisorStrategy, ReplyWhileStopped, IsFinalStop);

    public override BackoffOptions WithDefaultStoppingStrategy()
        => WithSupervisorStrategy(new OneForOneStrategy(Strategy.MaxNumberOfRetries, null, SupervisorStrategy.StoppingStrategy.Decider));

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => WithSupervisorStrategy(Strategy.WithMaxNrOfRetries(maxNrOfRetries));

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => Copy(AutoReset, Strategy, replyWhileStopped, IsFinalStop);

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => Copy(AutoReset, Strategy, ReplyWhileStopped, isFinalStopMessage);

    /// <summary>The pause before the start after <paramref name="restarts"/> earlier ones.</summary>
    public TimeSpan Pause(int restarts)
    {
        var ticks = Math.Min(maxBackoff.Ticks, minBackoff.Ticks * Math.Pow(2, restarts)) * (1 + (Random.Shared.NextDouble() * randomFactor));
        return ticks < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : maxBackoff;
    }

    private BackoffSettings Copy(TimeSpan? autoReset, OneForOneStrategy strategy, object? reply, Func<object, bool>? isFinalStop)
        => new(onFailure, childProps, childName, minBackoff, maxBackoff, randomFactor)
        {
            AutoReset = autoReset,
            Strategy = strategy,
            ReplyWhileStopped = reply,
            IsFinalStop = isFinalStop,
        };
}
