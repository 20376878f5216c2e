using System.Net.Sockets;
using Diabetes.Testing.Logging;
using Diabetes.Testing.Time;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqLinkTests
{
    private readonly VirtualTime _time = new();
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task Name_KnownAgain_IsTriedInShortPausesAgain()
    {
        var hasName = false;
        await using var link = Link(
            _ => hasName ? Task.CompletedTask : Task.FromException(new SocketException((int)SocketError.HostNotFound)));
        var session = link.SessionAsync(CancellationToken.None);
        foreach (var (attempt, seconds) in ((int, double)[])[(1, 0.2), (2, 0.4), (3, 0.8), (4, 1.6), (5, 3.2), (6, 6.4), (7, 10)])
        {
            await AssertPauseAsync(attempt, seconds);
        }

        hasName = true;
        await AssertPauseAsync(8, 10);
        await AssertPauseAsync(9, 0.2);
        await AssertPauseAsync(10, 0.4);
        Assert.False(session.IsCompleted);
    }

    [Fact]
    public async Task Name_NeverAnswered_IsGivenUpAfterFiveSeconds()
    {
        await using var link = Link(_ => new TaskCompletionSource().Task);
        _ = link.SessionAsync(CancellationToken.None);
        await _time.WaitForTimersAsync(1);

        _time.Advance(TimeSpan.FromSeconds(5));
        await _log.WaitForAsync(1001);

        Assert.Contains("not resolved within 5 s", _log.Entries.Single(entry => entry.Id == 1001).Text, StringComparison.Ordinal);
    }

    /// <summary>Waits for the attempt to fail, looks at the pause behind it and ends that.</summary>
    private async Task AssertPauseAsync(int attempt, double seconds)
    {
        await _log.WaitForAsync(attempt == 1 ? 1001 : 1002, Math.Max(attempt - 1, 1));
        await _time.WaitForTimersAsync(1);
        Assert.Equal(TimeSpan.FromSeconds(seconds), _time.NextDueIn);
        _time.AdvanceToNextTimer();
    }

    private RabbitMqLink Link(Func<CancellationToken, Task> resolve) => new(
        new RabbitMqConnectionSettings
        {
            Reconnect = RestartSettings.Create(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), randomFactor: 0),
        },
        "test",
        _time,
        _log,
        _ => throw new SocketException((int)SocketError.ConnectionRefused),
        resolve);
}
