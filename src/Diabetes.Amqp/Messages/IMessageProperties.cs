namespace Diabetes.Amqp.Messages;

/// <summary>Properties and headers of a message. Null is what the sender did not set.</summary>
public interface IMessageProperties
{
    /// <summary>The sender's id of the message.</summary>
    string? MessageId { get; }

    /// <summary>The id of the request that the message belongs to.</summary>
    string? CorrelationId { get; }

    /// <summary>Media type of the body.</summary>
    string? ContentType { get; }

    /// <summary>How the body is packed, such as gzip.</summary>
    string? ContentEncoding { get; }

    /// <summary>The sender's name for messages of this kind.</summary>
    string? Type { get; }

    /// <summary>The sending application.</summary>
    string? AppId { get; }

    /// <summary>When the message was sent, by the sender's clock, to the second.</summary>
    DateTimeOffset? Timestamp { get; }

    /// <summary>A header as text, whatever its type; null where there is none of this name.</summary>
    string? Header(string name);
}
