namespace Diabetes.Amqp.Client;

/// <summary>
/// Names the limits for messages that are larger than the client takes. The client ends the connection for one, and the broker then
/// delivers it again, so it would stop its queue for ever. The link connects again with a raised limit, and its consumers take one message
/// at a time, until the large one is settled.
/// </summary>
internal static class LargeMessages
{
    /// <summary>The limit of a connection, in bytes; the client's default.</summary>
    public const uint Limit = 64 << 20;

    /// <summary>The limit while a large message is looked for: no RabbitMQ takes a larger one.</summary>
    public const uint RaisedLimit = 512 << 20;

    /// <summary>Tells whether the client ended a connection because of a large message, from the client's text.</summary>
    public static bool IsReason(string reason) => reason.Contains("exceeds maximum of", StringComparison.Ordinal);
}
