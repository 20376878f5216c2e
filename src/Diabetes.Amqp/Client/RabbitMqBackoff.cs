using Akka.Streams;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Computes pauses that double from <see cref="RestartSettings.MinBackoff"/> to <see cref="RestartSettings.MaxBackoff"/>. Each is shortened
/// by a random part of up to <see cref="RestartSettings.RandomFactor"/>, so that many processes that lost the same broker do not reconnect
/// at the same time.
/// </summary>
internal sealed class RabbitMqBackoff(RestartSettings pauses, TimeProvider time)
{
    private TimeSpan _next = pauses.MinBackoff;

    public Task PauseAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (1 - (Random.Shared.NextDouble() * pauses.RandomFactor));
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, pauses.MaxBackoff.Ticks));
        return Task.Delay(pause, time, cancellationToken);
    }

    public void Reset() => _next = pauses.MinBackoff;
}
