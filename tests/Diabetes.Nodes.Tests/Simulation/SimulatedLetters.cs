using System.Text;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Counts how often each message was set aside in one durable place.</summary>
internal sealed class SimulatedLetters
{
    private readonly Dictionary<(string Queue, string Body), int> _counts = [];

    public IEnumerable<(string Queue, string Body)> Messages => _counts.Keys;

    public int this[(string Queue, string Body) message] => _counts.GetValueOrDefault(message);

    public void Add(QuarantineEntry entry)
    {
        var message = (entry.Queue, Encoding.UTF8.GetString(entry.Body.Span));
        _counts[message] = _counts.GetValueOrDefault(message) + 1;
    }

    /// <summary>Returns the form in which a message is set aside: junk as it arrived, a half as the node writes it.</summary>
    public static (string Queue, string Body) Of(Message message, Decoded<PairHalf> payload)
    {
        if (!payload.IsRead)
        {
            return (message.Queue, Encoding.UTF8.GetString(message.Body));
        }

        var body = new System.Buffers.ArrayBufferWriter<byte>();
        WireCodec.WriteHalf(payload.Value, body);
        return (message.Queue, Encoding.UTF8.GetString(body.WrittenSpan));
    }
}
