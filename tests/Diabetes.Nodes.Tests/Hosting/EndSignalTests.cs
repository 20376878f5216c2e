using Diabetes.Hosting.Shutdown;
using Diabetes.Testing.Time;

namespace Diabetes.Nodes.Tests.Hosting;

public class EndSignalTests
{
    private static readonly Ending Asked = new("SIGTERM", ExitCode.Clean);
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task Take_First_EndsTheNode()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        using var signal = new EndSignal(_time);
        Assert.True(signal.Take(Asked));
        Assert.Equal(Asked, await signal.Raised);
    }

    [Fact]
    public void Take_SameAgainAtOnce_IsAnEcho()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        using var signal = new EndSignal(_time);
        signal.Take(Asked);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(signal.Take(Asked));
    }

    [Fact]
    public void Take_SecondLater_IsLeftToEndTheProcess()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        using var signal = new EndSignal(_time);
        signal.Take(Asked);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(signal.Take(Asked));
    }

    [Fact]
    public async Task Raise_AfterASignal_ChangesNothing()
    {
        using var signal = new EndSignal(_time);
        signal.Raise(Asked);
        signal.Raise(new Ending("a failure", ExitCode.Failed));
        Assert.Equal(Asked, await signal.Raised);
    }
}
