using Xunit.Sdk;

namespace Diabetes.Testing;

/// <content>Waiting for what is not a message, and measuring virtual time.</content>
public abstract partial class TestKitBase
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Tries <paramref name="assertion"/> again until it holds. The clock stands; the safety net is of real time.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(assertion);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (TimeProvider.System.GetElapsedTime(start) < Longest(duration))
            {
                Pause(interval);
            }
        }
    }

    /// <summary>Asks again until <paramref name="conditionIsFulfilled"/> says yes. The clock stands; the safety net is of real time.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max = null, string? message = null)
    {
        ArgumentNullException.ThrowIfNull(conditionIsFulfilled);
        var start = TimeProvider.System.GetTimestamp();
        while (!conditionIsFulfilled())
        {
            if (TimeProvider.System.GetElapsedTime(start) >= Longest(max))
            {
                Fail($"The condition was not fulfilled in {Longest(max).TotalSeconds} s of real time.", message);
            }

            Pause(null);
        }
    }

    /// <summary>The virtual time that passes inside <paramref name="action"/> is at most <paramref name="max"/>.</summary>
    public void Within(TimeSpan max, Action action) => Within(TimeSpan.Zero, max, action);

    /// <summary>The virtual time that passes inside <paramref name="action"/> is between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var clock = Time ?? TimeProvider.System;
        var start = clock.GetTimestamp();
        action();
        var took = clock.GetElapsedTime(start);
        if (took < min || took > max)
        {
            throw new XunitException($"Expected the block to take {min} to {max}, but it took {took}.");
        }
    }

    private static void Pause(TimeSpan? interval)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(interval ?? PollEvery);
    }

    private TimeSpan Longest(TimeSpan? asked) => asked > SafetyNet ? asked.Value : SafetyNet;
}
