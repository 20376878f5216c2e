using Diabetes.Actors;
using Xunit;

namespace Diabetes.Testing;

/// <summary>Expects that a block of the test publishes so many events of a kind, no fewer and, by the time the system is at rest, no more.</summary>
public sealed class EventFilterApplier
{
    private readonly TestKitBase _kit;
    private readonly string _what;
    private readonly Type _channel;
    private readonly Func<object, bool> _isMatch;

    internal EventFilterApplier(TestKitBase kit, string what, Type channel, Func<object, bool> isMatch)
    {
        _kit = kit;
        _what = what;
        _channel = channel;
        _isMatch = isMatch;
    }

    public void ExpectOne(Action action) => Expect(1, action);

    public Task ExpectOneAsync(Func<Task> action) => ExpectAsync(1, action);

    public void Expect(int expectedCount, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var probe = Subscribe();
        action();
        Count(probe, expectedCount);
    }

    public async Task ExpectAsync(int expectedCount, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var probe = Subscribe();
        await action();
        Count(probe, expectedCount);
    }

    private TestProbe Subscribe()
    {
        var probe = _kit.CreateTestProbe();
        probe.IgnoreMessages(published => !_isMatch(published));
        _kit.Sys.EventStream.Subscribe(probe.Ref, _channel);
        return probe;
    }

    private void Count(TestProbe probe, int expected)
    {
        for (var seen = 0; seen < expected; seen++)
        {
            probe.ExpectMsg<object>(hint: $"{_what}, {seen + 1} of {expected}");
        }

        if (probe.ReceiveOne() is { } more)
        {
            Assert.Fail($"Expected {expected} times {_what}, but there was one more: {more}");
        }

        _kit.Sys.EventStream.Unsubscribe(probe.Ref);
        _kit.Sys.Stop(probe.Ref);
    }
}
