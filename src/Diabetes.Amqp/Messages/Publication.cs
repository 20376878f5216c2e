namespace Diabetes.Amqp.Messages;

/// <summary>A message to publish and what comes out of the flow once the broker has it; or the latter alone, for what needs no message.</summary>
/// <typeparam name="T">What the encoder writes.</typeparam>
/// <typeparam name="TPass">What is passed through, mostly the delivery that the message answers.</typeparam>
public readonly record struct Publication<T, TPass>
{
    /// <summary>A message to publish.</summary>
    public Publication(T message, TPass passThrough) => (HasMessage, Message, PassThrough) = (true, message, passThrough);

    internal Publication(TPass passThrough) => (Message, PassThrough) = (default!, passThrough);

    /// <summary>False where there is nothing to publish.</summary>
    public bool HasMessage { get; }

    /// <summary>What to publish.</summary>
    public T Message { get; }

    /// <summary>What comes out of the flow.</summary>
    public TPass PassThrough { get; }
}

/// <summary>Makes publications.</summary>
public static class Publication
{
    /// <summary>Nothing to publish: <paramref name="passThrough"/> comes out of the flow all the same.</summary>
    public static Publication<T, TPass> None<T, TPass>(TPass passThrough) => new(passThrough);
}
