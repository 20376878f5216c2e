namespace Diabetes.Amqp.Messages;

/// <summary>Gives access to the properties and headers of a message. A property is null if the sender did not set it.</summary>
public interface IMessageProperties
{
    /// <summary>The id that the sender gave the message.</summary>
    string? MessageId { get; }

    /// <summary>The id of the request that the message belongs to.</summary>
    string? CorrelationId { get; }

    /// <summary>The media type of the body.</summary>
    string? ContentType { get; }

    /// <summary>The compression of the body, such as gzip.</summary>
    string? ContentEncoding { get; }

    /// <summary>The type that the sender gave the message.</summary>
    string? Type { get; }

    /// <summary>The sending application.</summary>
    string? AppId { get; }

    /// <summary>The time of sending by the sender's clock, to the second.</summary>
    DateTimeOffset? Timestamp { get; }

    /// <summary>Returns a header as text, whatever its type; null if there is none with this name.</summary>
    string? Header(string name);
}
