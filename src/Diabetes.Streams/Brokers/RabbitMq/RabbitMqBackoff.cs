namespace Diabetes.Streams;

/// <summary>Pauses that double, with jitter so that many processes that lost one broker do not come back in step.</summary>
internal sealed class RabbitMqBackoff(RabbitMqReconnect pauses, TimeProvider time)
{
    private TimeSpan _next = pauses.Initial;

    public Task PauseAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (1 - (Random.Shared.NextDouble() / 2));
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, pauses.Longest.Ticks));
        return Task.Delay(pause, time, cancellationToken);
    }

    public void Reset() => _next = pauses.Initial;
}
