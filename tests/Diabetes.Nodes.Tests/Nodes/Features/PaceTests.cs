using Diabetes.Features.Traffic;

namespace Diabetes.Nodes.Tests.Nodes.Features;

public class PaceTests
{
    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    [Fact]
    public void Take_AtTheStart_FirstRowIsDue() => Assert.Equal(1, new Pace(10).Take(TimeSpan.Zero));

    [Fact]
    public void Take_BeforeTheNextIsDue_NoRow()
    {
        var pace = new Pace(10);
        pace.Take(TimeSpan.Zero);
        Assert.Equal(0, pace.Take(Ms(99)));
        Assert.Equal(Ms(100), pace.NextDue(Ms(99)));
        Assert.Equal(1, pace.Take(Ms(100)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(11.5)]
    public void Take_UnevenTimers_KeepTheRate(double step)
    {
        var pace = new Pace(1000);
        var rows = 0;
        for (var now = 0.0; now <= 10_000; now += step)
        {
            rows += pace.Take(Ms(now));
        }

        Assert.InRange(rows, 9_980, 10_001);
    }

    [Fact]
    public void Take_WhenTheNextIsDue_IsNeverNothing()
    {
        foreach (var rate in new[] { 0.3, 7, 100, 1000, 333_333 })
        {
            var pace = new Pace(rate);
            for (var i = 0; i < 10_000; i++)
            {
                Assert.NotEqual(0, pace.Take(pace.NextDue(TimeSpan.Zero)));
            }
        }
    }

    [Fact]
    public void Take_HeldUpForLong_DoesNotMakeUpForIt()
    {
        var pace = new Pace(100);
        pace.Take(TimeSpan.Zero);
        Assert.Equal(1, pace.Take(TimeSpan.FromMinutes(5)));
        Assert.Equal(0, pace.Take(TimeSpan.FromMinutes(5) + Ms(5)));
    }

    [Fact]
    public void Take_RateZero_AlwaysABurst()
    {
        var pace = new Pace(0);
        Assert.Equal(Pace.Burst, pace.Take(TimeSpan.Zero));
        Assert.Equal(Pace.Burst, pace.Take(TimeSpan.Zero));
        Assert.Equal(Ms(3), pace.NextDue(Ms(3)));
    }
}
