using Diabetes.Plot.Following;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

public sealed class ReadScheduleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void ReadEnded_NoNotification_DueAfterTheInterval()
    {
        var schedule = new ReadSchedule(Interval);
        schedule.ReadEnded(TimeSpan.FromSeconds(1), picture: false);
        Assert.Equal(TimeSpan.FromSeconds(6), schedule.Due);
    }

    [Fact]
    public void Notified_NoPictureLately_DueWhenTheRowIsThere()
    {
        var schedule = new ReadSchedule(Interval);
        schedule.ReadEnded(TimeSpan.FromSeconds(1), picture: false);
        Assert.True(schedule.Notified(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(2) + ReadSchedule.Lead, schedule.Due);
    }

    [Fact]
    public void Notified_PictureLately_DueNoSoonerThanTheInterval()
    {
        var schedule = new ReadSchedule(Interval);
        schedule.ReadEnded(TimeSpan.FromSeconds(1), picture: true);
        Assert.False(schedule.Notified(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(6), schedule.Due);
    }

    [Fact]
    public void Due_WhateverHappens_OnePictureAnIntervalAtMostAndAReadAtLeast() =>
        Prop.ForAll(Gen.ListOf(Gen.Zip(Gen.Choose(0, 3000), Gen.Elements(true, false))).ToArbitrary(), events =>
        {
            var schedule = new ReadSchedule(Interval);
            var (now, lastRead) = (TimeSpan.Zero, TimeSpan.Zero);
            TimeSpan? lastPicture = null;
            schedule.ReadEnded(now, picture: false);
            foreach (var (wait, news) in events)
            {
                var until = now + TimeSpan.FromMilliseconds(wait);
                while (schedule.Due <= until)
                {
                    now = schedule.Due;
                    Assert.True(now - lastRead <= Interval);
                    if (news)
                    {
                        Assert.True(lastPicture is not { } last || now - last >= Interval);
                    }

                    if (news)
                    {
                        lastPicture = now;
                    }

                    schedule.ReadEnded(lastRead = now, picture: news);
                }
                now = until;
                schedule.Notified(now);
            }
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithReplay(20261120, 1));
}
