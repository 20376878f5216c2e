namespace Diabetes.Amqp.Messages;

/// <summary>Holds the properties and headers of a message to send.</summary>
public sealed class MessageProperties : IMessageProperties
{
    private Dictionary<string, string>? _headers;

    /// <summary>The properties of a message on which nothing was set.</summary>
    internal static readonly MessageProperties None = new();

    /// <inheritdoc/>
    public string? MessageId { get; set; }

    /// <inheritdoc/>
    public string? CorrelationId { get; set; }

    /// <inheritdoc/>
    public string? ContentType { get; set; }

    /// <inheritdoc/>
    public string? ContentEncoding { get; set; }

    /// <inheritdoc/>
    public string? Type { get; set; }

    /// <inheritdoc/>
    public string? AppId { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>The headers that were set.</summary>
    public IReadOnlyDictionary<string, string> Headers =>
        _headers ?? (IReadOnlyDictionary<string, string>)System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public string? Header(string name) => _headers?.GetValueOrDefault(name);

    /// <summary>Sets a header, and replaces one with the same name.</summary>
    public void SetHeader(string name, string value) => (_headers ??= new(StringComparer.Ordinal))[name] = value;
}
