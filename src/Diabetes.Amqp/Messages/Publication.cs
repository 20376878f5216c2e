namespace Diabetes.Amqp.Messages;

/// <summary>
/// Holds a message to publish, and a value that the flow emits once the broker has confirmed the message. It may hold only the value, if
/// there is nothing to publish.
/// </summary>
/// <typeparam name="T">The type of the message.</typeparam>
/// <typeparam name="TPass">The type of the value, usually the delivery that the message answers.</typeparam>
public readonly record struct Publication<T, TPass>
{
    /// <summary>Creates a publication of a message.</summary>
    public Publication(T message, TPass passThrough) => (HasMessage, Message, PassThrough) = (true, message, passThrough);

    internal Publication(TPass passThrough) => (Message, PassThrough) = (default!, passThrough);

    /// <summary>False if there is nothing to publish.</summary>
    public bool HasMessage { get; }

    /// <summary>The message to publish.</summary>
    public T Message { get; }

    /// <summary>The value that the flow emits.</summary>
    public TPass PassThrough { get; }
}

/// <summary>Creates publications without a message.</summary>
public static class Publication
{
    /// <summary>Creates a publication without a message. The flow still emits <paramref name="passThrough"/>.</summary>
    public static Publication<T, TPass> None<T, TPass>(TPass passThrough) => new(passThrough);
}
