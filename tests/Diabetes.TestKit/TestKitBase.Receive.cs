using Diabetes.Actors;

namespace Diabetes.Testing;

/// <content>Taking messages.</content>
public abstract partial class TestKitBase
{
    /// <summary>The next message, or null where, with the system at rest, none came in <paramref name="max"/> of virtual time (none given: by now).</summary>
    public object? ReceiveOne(TimeSpan? max = null) => TryReceiveOne(out var envelope, max) ? envelope.Message : null;

    public bool TryReceiveOne([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MessageEnvelope? envelope, TimeSpan? max = null)
    {
        var duration = max ?? TimeSpan.Zero;
        if (Time is null)
        {
            envelope = _queue.Take(duration);
        }
        else
        {
            PassTime(duration, () => HasMessages);
            envelope = _queue.Take(TimeSpan.Zero);
        }

        _last = envelope ?? _last;
        return envelope is not null;
    }

    /// <summary>The next <paramref name="numberOfMessages"/> messages; the test fails where they do not come.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan? max = null)
    {
        var messages = new List<object>(numberOfMessages);
        while (messages.Count < numberOfMessages)
        {
            messages.Add(Next($"message {messages.Count + 1} of {numberOfMessages}", max, null).Message);
        }

        return messages;
    }

    /// <summary>Messages as long as <paramref name="filter"/> makes something of them and they come, each within <paramref name="max"/> of virtual time.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(filter);
        var made = new List<T>();
        while (made.Count < msgs && ReceiveOne(max) is { } message && filter(message) is { } result)
        {
            made.Add(result);
        }

        return made;
    }

    /// <summary>Drops messages until one is right, and returns that one.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string? hint = null) =>
        FishForMessage<object>(isMessage, max, hint);

    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string? hint = null)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        while (true)
        {
            if (Next($"a {typeof(T).Name} to fish for", max, hint).Message is T message && isMessage(message))
            {
                return message;
            }
        }
    }

    /// <summary>The next message, which must come: waits with the clock standing still.</summary>
    private MessageEnvelope Next(string what, TimeSpan? timeout, string? hint)
    {
        var patience = timeout is { } asked && (asked > SafetyNet || Time is null) ? asked : SafetyNet;
        var envelope = _queue.Take(patience);
        if (envelope is null)
        {
            Fail($"Expected {what}, but nothing came in {patience.TotalSeconds} s of real time{(Time is null ? "" : $", with the virtual clock at {Time.Elapsed}")}; {Unrest}.", hint);
        }

        _last = envelope;
        return envelope!;
    }

    /// <summary>Tells a message that was lost from actors that did not get to run.</summary>
    private string Unrest => ((ActorSystemImpl)Sys).Settings.Dispatcher is Activity activity ? $"{activity.Busy} actors are scheduled or running" : "who is busy is not counted here";
}
