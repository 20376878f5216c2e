namespace Diabetes.Actors.Tests;

public sealed class VirtualTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);

    private readonly VirtualTime _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Clock_Untouched_ExpectItStandsAtItsStart()
    {
        Assert.Equal(VirtualTime.DefaultStart, _time.GetUtcNow());
        Assert.Equal(0, _time.GetTimestamp());
        Assert.Equal(new DateTimeOffset(2030, 5, 1, 10, 0, 0, TimeSpan.Zero), new VirtualTime(new DateTimeOffset(2030, 5, 1, 12, 0, 0, 2 * TimeSpan.FromHours(1))).GetUtcNow());
    }

    [Fact]
    public void Advance_WithoutTimers_ExpectWallClockAndTimestampMoveTogether()
    {
        var before = _time.GetTimestamp();
        _time.Advance(Second);
        _time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(TimeSpan.FromMicroseconds(1_000_001), _time.GetElapsedTime(before));
        Assert.Equal(VirtualTime.DefaultStart + TimeSpan.FromMicroseconds(1_000_001), _time.GetUtcNow());
    }

    [Fact]
    public void Advance_Negative_ExpectRefusal() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));

    [Fact]
    public void Timer_OneTickBeforeItIsDue_ExpectItHasNotFired()
    {
        using var timer = Timer("a", Second);
        _time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["a@1"], _fired);
        _time.Advance(100 * Second);
        Assert.Equal(["a@1"], _fired);
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void Timers_DueOnOneAdvance_ExpectDueOrderAndEachSeesItsOwnTime()
    {
        using var c = Timer("c", 3 * Second);
        using var a = Timer("a", 1 * Second);
        using var b1 = Timer("b1", 2 * Second);
        using var b2 = Timer("b2", 2 * Second);
        _time.Advance(10 * Second);
        Assert.Equal(["a@1", "b1@2", "b2@2", "c@3"], _fired);
        Assert.Equal(10 * Second, _time.Elapsed);
    }

    [Fact]
    public void PeriodicTimer_LongAdvance_ExpectOneFiringAPeriodInterleavedWithOthers()
    {
        using var periodic = Timer("p", Second, 2 * Second);
        using var once = Timer("o", 4 * Second);
        _time.Advance(5 * Second);
        Assert.Equal(["p@1", "p@3", "o@4", "p@5"], _fired);
        Assert.Equal(2 * Second, _time.NextDueIn);
    }

    [Fact]
    public void Timer_ZeroPeriod_ExpectOneFiring()
    {
        using var timer = Timer("a", Second, TimeSpan.Zero);
        _time.Advance(10 * Second);
        Assert.Equal(["a@1"], _fired);
    }

    [Fact]
    public void Timer_SetByACallback_ExpectItFiresInTheSameAdvanceWhereDue()
    {
        using var inner = Timer("inner", Timeout.InfiniteTimeSpan);
        using var outer = _time.CreateTimer(_ => inner.Change(Second, Timeout.InfiniteTimeSpan), null, Second, Timeout.InfiniteTimeSpan);
        _time.Advance(3 * Second);
        Assert.Equal(["inner@2"], _fired);
    }

    [Fact]
    public void Advance_InsideACallback_ExpectTimeFromTheCallbacksNow()
    {
        using var b = Timer("b", 3 * Second);
        using var a = _time.CreateTimer(_ => _time.Advance(5 * Second), null, Second, Timeout.InfiniteTimeSpan);
        _time.Advance(2 * Second);
        Assert.Equal(["b@3"], _fired);
        Assert.Equal(6 * Second, _time.Elapsed);
    }

    [Fact]
    public void Change_BeforeDue_ExpectOnlyTheNewDueTime()
    {
        using var timer = Timer("a", Second);
        _time.Advance(Second / 2);
        Assert.True(timer.Change(Second, Timeout.InfiniteTimeSpan));
        _time.Advance(Second * 0.9);
        Assert.Empty(_fired);
        _time.Advance(Second);
        Assert.Equal(["a@1.5"], _fired);
    }

    [Fact]
    public void Change_ToInfinite_ExpectSilenceUntilSetAgain()
    {
        using var timer = Timer("a", Second, Second);
        timer.Change(Timeout.InfiniteTimeSpan, Second);
        _time.Advance(10 * Second);
        Assert.Empty(_fired);
        timer.Change(Second, Timeout.InfiniteTimeSpan);
        _time.Advance(10 * Second);
        Assert.Equal(["a@11"], _fired);
    }

    [Fact]
    public void Change_InTheOwnCallback_ExpectThePeriodIsReplaced()
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(_ => { Note("a"); timer!.Change(3 * Second, Timeout.InfiniteTimeSpan); }, null, Second, Second);
        _time.Advance(5 * Second);
        Assert.Equal(["a@1", "a@4"], _fired);
        timer.Dispose();
    }

    [Fact]
    public async Task Dispose_BeforeDue_ExpectNoFiringAndChangeSaysSo()
    {
        var timer = Timer("a", Second, Second);
        timer.Dispose();
        timer.Dispose();
        await timer.DisposeAsync();
        Assert.False(timer.Change(Second, Second));
        _time.Advance(10 * Second);
        Assert.Empty(_fired);
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void Dispose_ByAnEarlierTimerOfTheSameInstant_ExpectNoFiring()
    {
        ITimer? later = null;
        using var earlier = _time.CreateTimer(_ => later!.Dispose(), null, Second, Timeout.InfiniteTimeSpan);
        later = Timer("later", Second);
        _time.Advance(Second);
        Assert.Empty(_fired);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0x1_0000_0000)]
    public void Timer_DurationThatNoTimerTakes_ExpectRefusal(long milliseconds)
    {
        var wrong = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => Timer("a", wrong));
        Assert.Throws<ArgumentOutOfRangeException>(() => Timer("a", Second, wrong));
    }

    [Fact]
    public void Callback_Throws_ExpectTheExceptionOutOfAdvanceAndTheRestStillArmed()
    {
        using var bad = _time.CreateTimer(_ => throw new InvalidOperationException("boom"), null, Second, Timeout.InfiniteTimeSpan);
        using var good = Timer("good", 2 * Second);
        Assert.Throws<InvalidOperationException>(() => _time.Advance(2 * Second));
        _time.Advance(Second);
        Assert.Equal(["good@2"], _fired);
    }

    [Fact]
    public async Task Timer_DueAtOnce_ExpectItFiresOnThePoolWithoutTheClock()
    {
        var fired = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = _time.CreateTimer(_ => fired.TrySetResult(Thread.CurrentThread.IsThreadPoolThread), null, TimeSpan.Zero, Second);
        Assert.True(await fired.Task.WaitAsync(SafetyNet));
        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
        Assert.Equal(Second, _time.NextDueIn);
    }

    [Fact]
    public async Task TaskDelay_OnThisClock_ExpectItEndsWithTheAdvance()
    {
        var delay = Task.Delay(Second, _time);
        await _time.WaitForTimersAsync(1).WaitAsync(SafetyNet);
        Assert.False(delay.IsCompleted);
        _time.Advance(Second);
        await delay.WaitAsync(SafetyNet);
    }

    [Fact]
    public async Task WaitForTimers_ArmedByAnotherThread_ExpectItCompletesThen()
    {
        var armed = _time.WaitForTimersAsync(2);
        using var first = Timer("a", Second);
        Assert.False(armed.IsCompleted);
        var second = Task.Run(() => Timer("b", Second));
        await armed.WaitAsync(SafetyNet);
        Assert.Equal(2, _time.ArmedTimers);
        (await second).Dispose();
    }

    [Fact]
    public void AdvanceToNextTimer_SeveralArmed_ExpectOneInstantACall()
    {
        using var a = Timer("a", Second);
        using var b = Timer("b", Second);
        using var c = Timer("c", 2 * Second);
        Assert.True(_time.AdvanceToNextTimer());
        Assert.Equal(["a@1", "b@1"], _fired);
        Assert.True(_time.AdvanceToNextTimer());
        Assert.Equal(["a@1", "b@1", "c@2"], _fired);
        Assert.False(_time.AdvanceToNextTimer());
    }

    [Fact]
    public async Task Advance_FromManyThreads_ExpectTheSumAndEveryFiringOnce()
    {
        var count = 0;
        await using var timer = _time.CreateTimer(_ => Interlocked.Increment(ref count), null, Second, Second);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => { for (var i = 0; i < 100; i++) { _time.Advance(Second); } })));
        Assert.Equal(800 * Second, _time.Elapsed);
        Assert.Equal(800, count);
    }

    private ITimer Timer(string name, TimeSpan due) => Timer(name, due, Timeout.InfiniteTimeSpan);

    private ITimer Timer(string name, TimeSpan due, TimeSpan period) => _time.CreateTimer(state => Note((string)state!), name, due, period);

    private void Note(string name) => _fired.Add($"{name}@{_time.Elapsed.TotalSeconds}");
}
