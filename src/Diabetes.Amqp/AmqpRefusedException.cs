namespace Diabetes.Amqp;

/// <summary>
/// The broker is there and refuses this process: wrong credentials, unknown virtual host, no permission, a certificate that is not trusted.
/// Thrown at start only, where it is a mistake in the configuration; a broker that changes its mind later is waited for.
/// </summary>
public sealed class AmqpRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
