namespace Diabetes.Streams;

/// <summary>How a queue that is not there yet is declared.</summary>
public enum QueueKind
{
    /// <summary>On one machine of the broker, without arguments: what every other client declares.</summary>
    Classic,

    /// <summary>On most machines of the broker before anything is confirmed. Durable always.</summary>
    Quorum,
}
