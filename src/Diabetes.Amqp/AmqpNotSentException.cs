namespace Diabetes.Amqp;

/// <summary>Says why the broker did not take one message; it may take others. The message text names the reason.</summary>
public sealed class AmqpNotSentException(string message, Exception? inner = null) : IOException(message, inner);
