using Akka.Configuration;

namespace Diabetes.Amqp.Settings;

/// <summary>Says how a queue is declared if it does not exist. An existing queue is used as it is.</summary>
/// <param name="Name">The name of the queue, which is its routing key on the default exchange.</param>
public sealed record QueueDeclaration(string Name)
{
    /// <summary>True if the queue survives a restart of the broker.</summary>
    public bool Durable { get; init; }

    /// <summary>The kind of the queue. Ignored for queues in the process.</summary>
    public QueueKind Kind { get; init; }

    /// <summary>Creates a declaration from the keys <c>name</c> and <c>durable</c>.</summary>
    /// <exception cref="ArgumentException">The name is missing.</exception>
    public static QueueDeclaration Create(Config config)
    {
        var name = config.GetString("name");
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new QueueDeclaration(name) { Durable = config.GetBoolean("durable") };
    }

    /// <summary>Returns a copy that is durable or not.</summary>
    public QueueDeclaration WithDurable(bool durable) => this with { Durable = durable };

    /// <summary>Returns a copy of another kind.</summary>
    public QueueDeclaration WithKind(QueueKind kind) => this with { Kind = kind };
}

/// <summary>Says what kind of queue is declared.</summary>
public enum QueueKind
{
    /// <summary>Stored on one machine of the broker, and declared without arguments like every other client does.</summary>
    Classic,

    /// <summary>Stored on a majority of the broker's machines before a message is confirmed. Always durable.</summary>
    Quorum,
}
