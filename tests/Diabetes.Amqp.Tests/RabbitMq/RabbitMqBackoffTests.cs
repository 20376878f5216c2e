using Diabetes.Testing.Time;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqBackoffTests
{
    [Fact]
    public void Pause_TryAfterTry_DoublesUpToTheLongestAndLeavesOutAHalfAtMost()
    {
        var time = new VirtualTime();
        var backoff = new RabbitMqBackoff(
            RestartSettings.Create(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), randomFactor: 0.5), time);

        foreach (var seconds in (double[])[1, 2, 4, 5, 5])
        {
            AssertPause(seconds);
        }

        backoff.Reset();
        AssertPause(1);

        void AssertPause(double seconds)
        {
            var pause = backoff.PauseAsync(CancellationToken.None);
            time.Advance(TimeSpan.FromSeconds(seconds * 0.499));
            Assert.False(pause.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(seconds * 0.502));
            Assert.True(pause.IsCompleted);
        }
    }
}
