using System.Text;
using Diabetes.Amqp;
using Diabetes.Amqp.Messages;

namespace Diabetes.Nodes.Tests.Support.Recording;

/// <summary>
/// Records one queue of a <see cref="RecordedConnection"/>, with one publisher at a time. The test reads it and acts on it while the
/// system is at rest.
/// </summary>
internal sealed class RecordedQueue
{
    private readonly List<long> _unconfirmed = [];
    private IConfirms? _confirms;
    private AmqpRefusedException? _refusal;
    private bool _full;
    private bool _silent;

    /// <summary>The bodies, in the order in which they came.</summary>
    public List<string> Messages { get; } = [];

    public int Unconfirmed => _unconfirmed.Count;

    /// <summary>False before there is a publisher and after it has left.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>From now on messages wait for room.</summary>
    public void Fill() => _full = true;

    public void MakeRoom()
    {
        _full = false;
        _confirms?.Room();
    }

    /// <summary>From now on messages are taken, and confirmed when the test says so.</summary>
    public void HoldConfirms() => _silent = true;

    /// <summary>Confirms what was taken; what comes goes on being held.</summary>
    public void Confirm()
    {
        long[] numbers = [.. _unconfirmed];
        _unconfirmed.Clear();
        _confirms!.Confirmed(numbers);
    }

    /// <summary>Refuses the publisher that is there, and those that come.</summary>
    public void Refuse()
    {
        _full = true;
        _refusal = new AmqpRefusedException("Not for you.");
        _confirms?.Refused(_refusal);
    }

    public AmqpPublisher Open(IConfirms confirms)
    {
        (_confirms, IsOpen) = (confirms, true);
        if (_refusal is not null)
        {
            confirms.Refused(_refusal);
        }

        return new Publisher(this);
    }

    private bool TryTake(OutgoingMessage message, long number)
    {
        if (_full)
        {
            return false;
        }

        Messages.Add(Encoding.UTF8.GetString(message.WrittenBody));
        if (_silent)
        {
            _unconfirmed.Add(number);
        }
        else
        {
            _confirms!.Confirmed([number]);
        }

        return true;
    }

    private sealed class Publisher(RecordedQueue queue) : AmqpPublisher
    {
        public override int Outstanding => queue.Unconfirmed;

        public override bool TryAccept(OutgoingMessage message, long number) => queue.TryTake(message, number);

        public override void Send()
        {
        }

        public override ValueTask DisposeAsync()
        {
            queue.IsOpen = false;
            return default;
        }
    }
}
