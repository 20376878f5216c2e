using Akka.Configuration;

namespace Diabetes.Amqp.Settings;

/// <summary>A queue as it is declared if it is not there. One that is there is used as it is.</summary>
/// <param name="Name">Queue name, and routing key on the default exchange.</param>
public sealed record QueueDeclaration(string Name)
{
    /// <summary>Whether the queue is to outlive the broker.</summary>
    public bool Durable { get; init; }

    /// <summary>Of what kind it is to be; one within the process has none.</summary>
    public QueueKind Kind { get; init; }

    /// <summary>Reads <c>name</c> and <c>durable</c>.</summary>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public static QueueDeclaration Create(Config config)
    {
        var name = config.GetString("name");
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new QueueDeclaration(name) { Durable = config.GetBoolean("durable") };
    }

    /// <summary>The same queue, outliving the broker or not.</summary>
    public QueueDeclaration WithDurable(bool durable) => this with { Durable = durable };

    /// <summary>The same queue, of another kind.</summary>
    public QueueDeclaration WithKind(QueueKind kind) => this with { Kind = kind };
}

/// <summary>How a queue that is not there yet is declared.</summary>
public enum QueueKind
{
    /// <summary>On one machine of the broker, without arguments: what every other client declares.</summary>
    Classic,

    /// <summary>On most machines of the broker before anything is confirmed. Durable always.</summary>
    Quorum,
}
