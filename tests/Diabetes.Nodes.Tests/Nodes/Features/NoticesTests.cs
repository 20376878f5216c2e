using Diabetes.Domain.Ids;
using Diabetes.Features.Traffic;

namespace Diabetes.Nodes.Tests.Nodes.Features;

public sealed class NoticesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Take_First_IsDueAtOnce()
    {
        var notices = new Notices(Second);
        Assert.Null(notices.NextDue);
        notices.Add(Id(1));
        Assert.Equal(TimeSpan.Zero, notices.NextDue);
        Assert.Equal([Id(1)], Take(notices, TimeSpan.Zero));
    }

    [Fact]
    public void Take_WithinTheInterval_WaitsAndNamesTheNewest()
    {
        var notices = new Notices(Second);
        notices.Add(Id(1));
        Take(notices, 3 * Second);
        notices.Add(Id(2));
        notices.Add(Id(3));
        Assert.Equal(1, notices.Count);
        Assert.Empty(Take(notices, 3.9 * Second));
        Assert.Equal(4 * Second, notices.NextDue);
        Assert.Equal([Id(3)], Take(notices, 4 * Second));
        Assert.Null(notices.NextDue);
    }

    [Fact]
    public void Take_Last_WaitsForNothing()
    {
        var notices = new Notices(Second);
        notices.Add(Id(1));
        Take(notices, TimeSpan.Zero);
        notices.Add(Id(2));
        Assert.Equal([Id(2)], Take(notices, TimeSpan.Zero, isLast: true));
    }

    [Fact]
    public void Take_NoInterval_OneALabelInTheirOrder()
    {
        var notices = new Notices(TimeSpan.Zero);
        for (var label = 1; label <= 5; label++)
        {
            notices.Add(Id(label));
        }

        Assert.Equal([Id(1), Id(2), Id(3)], Take(notices, Second, most: 3));
        Assert.True(notices.NextDue <= Second);
        Assert.Equal([Id(4), Id(5)], Take(notices, Second, most: 3));
    }

    private static ObservationId[] Take(Notices notices, TimeSpan now, int most = 10, bool isLast = false) =>
        [.. notices.Take(now, most, isLast)];

    private static ObservationId Id(long microseconds) => ObservationId.FromUnixMicroseconds(microseconds);
}
