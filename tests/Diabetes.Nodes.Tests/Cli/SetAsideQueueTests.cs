using Diabetes.Amqp.Client;
using Diabetes.Amqp.Messages;
using Diabetes.Cli;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;

namespace Diabetes.Nodes.Tests.Cli;

public sealed class SetAsideQueueTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = [1, 2];

    [Fact]
    public void Read_LetterOfANode_SaysWhatTheNodeSaid()
    {
        var letter = new OutgoingMessage("y_true.dead");
        SetAsideLetter.Write(new QuarantineEntry(Noon, "y_pred", "NoId", "none", Body), letter);
        var entry = SetAsideQueue.Read(new HeldMessage(1, letter.WrittenBody.ToArray(), letter.Properties, 0), "y_true");
        Assert.Equal((Noon, "y_pred", "NoId", "none"), (entry.At, entry.Queue, entry.Reason, entry.Detail));
        Assert.Equal(Body, entry.Body.ToArray());
    }

    [Fact]
    public void Read_PutByTheBroker_SaysWhatTheBrokerSays()
    {
        var properties = new MessageProperties { Timestamp = Noon };
        properties.SetHeader("x-first-death-reason", "expired");
        properties.SetHeader("x-first-death-queue", "y_pred");
        var entry = SetAsideQueue.Read(new HeldMessage(1, Body, properties, 0), "y_true");
        Assert.Equal((Noon, "y_pred", "expired", "the broker put it here by policy"), (entry.At, entry.Queue, entry.Reason, entry.Detail));
        Assert.Equal(Body, entry.Body.ToArray());
    }

    [Fact]
    public void Read_PutByAnybody_IsOfTheQueueItself()
    {
        var entry = SetAsideQueue.Read(new HeldMessage(1, Body, new MessageProperties(), 0), "y_true");
        Assert.Equal(
            (DateTimeOffset.UnixEpoch, "y_true", "Unknown", "not written by a node; another program put it here"),
            (entry.At, entry.Queue, entry.Reason, entry.Detail));
    }

    [Theory]
    [InlineData("yesterday", "NoId")]
    [InlineData(null, "NoId")]
    [InlineData("2026-11-20T12:00:00.0000000+00:00", null)]
    public void Read_HeaderMissingOrWrong_IsNoLetterOfANode(string? time, string? reason)
    {
        var properties = new MessageProperties();
        foreach (var (name, value) in new[] { ("time", time), ("queue", "y_true"), ("reason", reason), ("detail", "none") })
        {
            if (value is not null)
            {
                properties.SetHeader($"set-aside-{name}", value);
            }
        }

        Assert.Equal("Unknown", SetAsideQueue.Read(new HeldMessage(1, Body, properties, 0), "y_true").Reason);
    }
}
