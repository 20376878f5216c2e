using Diabetes.Plot.Charts;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

public sealed class MarkerLabelsTests
{
    private const double Gap = 10;

    [Fact]
    public void Place_RoomOnBothSides_NamesPointOutwards()
    {
        var (left, right) = MarkerLabels.Place((400, 100), (420, 120), Gap, (0, 1000));
        Assert.Equal(new MarkerPlace(290, 0), left);
        Assert.Equal(new MarkerPlace(430, 0), right);
    }

    [Fact]
    public void Place_NoRoomOnTheLeft_StacksTheNames()
    {
        var (left, right) = MarkerLabels.Place((20, 100), (60, 120), Gap, (0, 1000));
        Assert.Equal(new MarkerPlace(30, 1), left);
        Assert.Equal(new MarkerPlace(70, 0), right);
    }

    [Fact]
    public void Place_BandTooNarrow_EndsTheLinesBelowTheNames()
    {
        var (left, right) = MarkerLabels.Place((50, 90), (55, 95), Gap, (0, 100));
        Assert.False(left.Beside || right.Beside);
        Assert.NotEqual(left.Row, right.Row);
        Assert.True(left.Start >= 0 && left.Start + 90 <= 100);
    }

    [Fact]
    public void Place_AnyTwoLines_NamesStayInsideAndApart() =>
        Prop.ForAll(
            (from a in Gen.Choose(0, 1000)
             from b in Gen.Choose(a, 1000)
             from w in Gen.Choose(20, 300)
             from v in Gen.Choose(20, 300)
             select (a, b, w, v)).ToArbitrary(),
            lines =>
            {
                var (left, right) = MarkerLabels.Place((lines.a, lines.w), (lines.b, lines.v), Gap, (0, 1000));
                Assert.InRange(left.Start, 0, 1000 - lines.w);
                Assert.InRange(right.Start, 0, 1000 - lines.v);
                Assert.True(left.Row != right.Row || left.Start + lines.w <= right.Start || right.Start + lines.v <= left.Start);
            }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20261120, 1));
}
