namespace Diabetes.Amqp;

/// <summary>How a broker stands to this process. Shown in logs and inspection; only a producer of messages acts on it.</summary>
public enum AmqpConnectionState
{
    /// <summary>Not reached yet, or lost: it is being looked for.</summary>
    Waiting,

    /// <summary>Reached; messages flow both ways.</summary>
    Connected,

    /// <summary>Reached, and refusing to take messages for now (its memory or disk is short). Consuming goes on.</summary>
    Blocked,

    /// <summary>Closed by this process.</summary>
    Closed,
}
