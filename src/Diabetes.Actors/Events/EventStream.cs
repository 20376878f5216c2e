using System.Collections.Concurrent;

namespace Diabetes.Actors;

/// <summary>
/// Publish and subscribe by type: a subscriber to a class or interface gets all that is an instance of it, once each. A subscriber that stops is
/// unsubscribed. Log events that nobody gets go to standard output.
/// </summary>
public sealed class EventStream
{
    private readonly Lock _gate = new();
    private readonly ActorSystemImpl _system;
    private readonly StandardOutLogger _standardOut;
    private readonly List<(IActorRef Subscriber, Type Channel)> _subscriptions = [];

    // Per class of published events; thrown away whenever the subscriptions change.
    private volatile ConcurrentDictionary<Type, IActorRef[]> _receivers = new();

    internal EventStream(ActorSystemImpl system)
    {
        _system = system;
        _standardOut = new StandardOutLogger(system.Settings.StdoutLogLevel);
        LogLevel = system.Settings.LogLevel;
    }

    /// <summary>Log events below it are not made.</summary>
    public LogLevel LogLevel { get; private set; }

    /// <summary>Sets <see cref="LogLevel"/>.</summary>
    public void SetLogLevel(LogLevel logLevel) => LogLevel = logLevel;

    /// <summary>Subscribes to all that is a <paramref name="channel"/>. False if that is so already.</summary>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            if (_subscriptions.Contains((subscriber, channel)))
            {
                return false;
            }

            _subscriptions.Add((subscriber, channel));
            _receivers = new();
        }

        if (subscriber is ActorCell cell)
        {
            cell.IsSubscriber = true;
            Interlocked.MemoryBarrier();
            if (cell.IsTerminated)
            {
                Unsubscribe(subscriber);
            }
        }

        return true;
    }

    /// <summary>Takes a subscription back. False if there was none.</summary>
    public bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return Remove(entry => entry.Subscriber.Equals(subscriber) && entry.Channel == channel);
    }

    /// <summary>Takes all of a subscriber's subscriptions back. False if there was none.</summary>
    public bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return Remove(entry => entry.Subscriber.Equals(subscriber));
    }

    /// <summary>Tells <paramref name="event"/> to everybody who subscribed to a type of it.</summary>
    public void Publish(object @event)
    {
        InvalidMessageException.ThrowIfNull(@event);
        var table = _receivers;
        if (!table.TryGetValue(@event.GetType(), out var receivers))
        {
            receivers = table.GetOrAdd(@event.GetType(), ReceiversOf);
        }

        foreach (var receiver in receivers)
        {
            receiver.Tell(@event, ActorRefs.NoSender);
        }

        if (receivers.Length == 0 && @event is LogEvent entry)
        {
            _standardOut.Write(entry);
        }
    }

    internal DateTime UtcNow => _system.Time.GetUtcNow().UtcDateTime;

    private IActorRef[] ReceiversOf(Type type)
    {
        lock (_gate)
        {
            return [.. _subscriptions.Where(entry => entry.Channel.IsAssignableFrom(type)).Select(entry => entry.Subscriber).Distinct()];
        }
    }

    private bool Remove(Predicate<(IActorRef Subscriber, Type Channel)> match)
    {
        lock (_gate)
        {
            var removed = _subscriptions.RemoveAll(match) > 0;
            if (removed)
            {
                _receivers = new();
            }

            return removed;
        }
    }
}
