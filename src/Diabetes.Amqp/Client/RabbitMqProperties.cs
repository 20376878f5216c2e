using System.Globalization;
using System.Text;
using Diabetes.Amqp.Messages;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Gives access to the properties of the message that a consumer currently handles. One object serves all messages of a channel.
/// </summary>
internal sealed class RabbitMqProperties : IMessageProperties
{
    private IReadOnlyBasicProperties? _shown;

    public string? MessageId => _shown?.MessageId;

    public string? CorrelationId => _shown?.CorrelationId;

    public string? ContentType => _shown?.ContentType;

    public string? ContentEncoding => _shown?.ContentEncoding;

    public string? Type => _shown?.Type;

    public string? AppId => _shown?.AppId;

    public DateTimeOffset? Timestamp =>
        _shown is { } properties && properties.IsTimestampPresent()
            ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime)
            : null;

    public void Show(IReadOnlyBasicProperties properties) => _shown = properties;

    public string? Header(string name) => _shown?.Headers is { } headers && headers.TryGetValue(name, out var value) ? Text(value) : null;

    /// <summary>Copies the properties that are set into a message to send.</summary>
    public static BasicProperties ToSend(MessageProperties set)
    {
        var properties = new BasicProperties { Persistent = true, Headers = new Dictionary<string, object?>() };
        foreach (var (name, value) in set.Headers)
        {
            properties.Headers[name] = value;
        }

        (properties.MessageId, properties.CorrelationId) = (set.MessageId, set.CorrelationId);
        (properties.Type, properties.AppId) = (set.Type, set.AppId);
        (properties.ContentType, properties.ContentEncoding) = (set.ContentType, set.ContentEncoding);
        if (set.Timestamp is { } timestamp)
        {
            properties.Timestamp = new AmqpTimestamp(timestamp.ToUnixTimeSeconds());
        }

        return properties;
    }

    private static string? Text(object? value) => value switch
    {
        byte[] text => Encoding.UTF8.GetString(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };
}
