namespace Diabetes.Testing;

/// <summary>What a test actor got and its test has not yet looked at. Written by the actor, read by the test's thread.</summary>
internal sealed class MessageQueue
{
    private readonly object _gate = new();
    private readonly Queue<MessageEnvelope> _messages = new();
    private Func<object, bool>? _ignore;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count == 0;
            }
        }
    }

    /// <summary>From now on messages for which this is true do not enter; null lets all in.</summary>
    public void Ignore(Func<object, bool>? ignore)
    {
        lock (_gate)
        {
            _ignore = ignore;
        }
    }

    public void Add(MessageEnvelope envelope)
    {
        lock (_gate)
        {
            if (_ignore?.Invoke(envelope.Message) != true)
            {
                _messages.Enqueue(envelope);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The oldest message; waits for one as long as <paramref name="patience"/> of real time says.</summary>
    public MessageEnvelope? Take(TimeSpan patience)
    {
        var start = TimeProvider.System.GetTimestamp();
        lock (_gate)
        {
            while (_messages.Count == 0)
            {
                var left = patience - TimeProvider.System.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    return null;
                }

                Monitor.Wait(_gate, left);
            }

            return _messages.Dequeue();
        }
    }
}
