using Diabetes.Domain.Ids;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Ids;

public class IdSequenceTests
{
    private const long Start = 1_730_027_639_447_099;

    [Fact]
    public void Next_WhenTheClockMovesOn_IsTheTimeItself()
    {
        var sequence = new IdSequence();

        Assert.Equal("1730027639.447099", sequence.Next(Start).Token);
        Assert.Equal("1730027639.4471", sequence.Next(Start + 1).Token);
        Assert.Equal("1730027640.0", sequence.Next(1_730_027_640_000_000).Token);
    }

    [Fact]
    public void Next_WhateverTheClockDoes_IsStrictlyIncreasing() => Prop.ForAll<int[]>(steps =>
    {
        var sequence = new IdSequence();
        var now = Start;
        var last = 0.0;
        foreach (var step in steps)
        {
            now += step % 1000;
            var id = double.Parse(sequence.Next(now).Token, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(id > last);
            Assert.True(sequence.Last >= now);
            last = id;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_AMillionTimesInOneMicrosecond_NeverRepeats()
    {
        var sequence = new IdSequence();
        var seen = new HashSet<JoinKey>();

        for (var i = 0; i < 1_000_000; i++)
        {
            Assert.True(seen.Add(sequence.Next(Start).Key));
        }
    }

    [Fact]
    public void Next_AfterAnEarlierSequence_GoesOnBehindIt() => Assert.Equal("1730027639.4471", new IdSequence(Start).Next(0).Token);
}
