using Diabetes.Actors;
using Xunit;

namespace Diabetes.Testing;

/// <content>Expectations.</content>
public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null) => NextOf<T>(duration, hint);

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null)
    {
        var got = NextOf<T>(timeout, hint);
        Assert.Equal(message, got);
        return got;
    }

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        var got = NextOf<T>(timeout, hint);
        if (!isMessage(got))
        {
            Fail($"Got a {typeof(T).Name}, but not the right one: {got}.", hint);
        }

        return got;
    }

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null)
    {
        ArgumentNullException.ThrowIfNull(assert);
        var got = NextOf<T>(timeout, hint);
        assert(got);
        return got;
    }

    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null)
    {
        ArgumentNullException.ThrowIfNull(isMessageAndSender);
        var got = NextOf<T>(timeout, hint);
        if (!isMessageAndSender(got, LastSender))
        {
            Fail($"Got a {typeof(T).Name}, but not the right one: {got} from {LastSender}.", hint);
        }

        return got;
    }

    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null)
    {
        ArgumentNullException.ThrowIfNull(assertMessageAndSender);
        var got = NextOf<T>(timeout, hint);
        assertMessageAndSender(got, LastSender);
        return got;
    }

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null)
    {
        var got = NextOf<T>(duration, hint);
        Assert.Equal(sender, LastSender);
        return got;
    }

    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null)
    {
        var got = ExpectMsg(message, timeout, hint);
        Assert.Equal(sender, LastSender);
        return got;
    }

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null)
    {
        var got = NextOf<Terminated>(timeout, hint ?? $"Terminated of {target}");
        Assert.Equal(target, got.ActorRef);
        return got;
    }

    /// <summary>The next message must be one of these.</summary>
    public T ExpectMsgAnyOf<T>(params T[] messages)
    {
        var got = NextOf<T>(null, $"any of {string.Join(", ", messages)}");
        Assert.Contains(got, messages);
        return got;
    }

    /// <summary>The next messages must be these, in whatever order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages)
    {
        var missing = messages.ToList();
        var got = new List<T>(messages.Length);
        while (missing.Count > 0)
        {
            var message = NextOf<T>(null, $"still missing: {string.Join(", ", missing)}");
            Assert.True(missing.Remove(message), $"Expected all of {string.Join(", ", messages)}, but got {message}; still missing: {string.Join(", ", missing)}.");
            got.Add(message);
        }

        return got;
    }

    /// <summary>Nothing more comes as things are: the system is at rest and the test actor has no message. The clock does not move.</summary>
    public void ExpectNoMsg() => ExpectNoMsg(TimeSpan.Zero);

    /// <summary>Nothing comes in <paramref name="duration"/> of virtual time, which passes timer by timer. The duration is of real time where the system runs on the wall clock.</summary>
    public void ExpectNoMsg(TimeSpan duration)
    {
        if (TryReceiveOne(out var envelope, duration))
        {
            Fail($"Expected no message for {duration}, but {envelope.Message} came from {envelope.Sender}.", Time is null ? null : $"the virtual clock stands at {Time.Elapsed}");
        }
    }

    public void ExpectNoMsg(int milliseconds) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds));

    private T NextOf<T>(TimeSpan? timeout, string? hint)
    {
        var message = Next($"a {typeof(T).Name}", timeout, hint).Message;
        if (message is not T)
        {
            Fail($"Expected a {typeof(T).Name}, but got a {message.GetType().Name}: {message} from {LastSender}.", hint);
        }

        return (T)message;
    }
}
