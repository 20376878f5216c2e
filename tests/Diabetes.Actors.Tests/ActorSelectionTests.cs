namespace Diabetes.Actors.Tests;

/// <summary>A selection is a place: what lives there when the message comes gets it.</summary>
public sealed class ActorSelectionTests : KernelTest
{
    private static readonly Props Names = Fun.Of((_, context) => context.Sender.Tell(context.Self.Path.ToStringWithoutAddress()));

    [Theory]
    [InlineData("/user/boss/a")]
    [InlineData("akka://test/user/boss/a")]
    public void Tell_AnAbsolutePath_ExpectTheActorThere(string path)
    {
        Hire(NewBoss(name: "boss"), Names, "a");
        Sys.ActorSelection(path).Tell("who?", TestActor);
        ExpectMsg("/user/boss/a");
    }

    [Fact]
    public void Tell_FromAnActorUpAndDown_ExpectTheSibling()
    {
        var boss = NewBoss(name: "boss");
        Hire(boss, Names, "a");
        var b = Hire(boss, Fun.Of((message, context) => context.ActorSelection("../a").Tell(message, context.Sender)), "b");
        b.Tell("who?", TestActor);
        ExpectMsg("/user/boss/a");
    }

    [Fact]
    public void Tell_AWildcard_ExpectAllChildren()
    {
        var boss = NewBoss(name: "boss");
        foreach (var name in new[] { "a", "b", "c" })
        {
            Hire(boss, Names, name);
        }

        Sys.ActorSelection("/user/boss/*").Tell("who?", TestActor);
        ExpectMsgAllOf("/user/boss/a", "/user/boss/b", "/user/boss/c");
        ExpectNoMsg();
    }

    [Fact]
    public void Tell_NobodyThere_ExpectADeadLetter()
    {
        var dead = Listen<DeadLetter>();
        Sys.ActorSelection("/user/nobody").Tell("hello", TestActor);
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("hello") && letter.Sender.Equals(TestActor));
    }

    [Fact]
    public void Tell_SeveralMessages_ExpectSendOrder()
    {
        Sys.ActorOf(Fun.Of((message, _) => TestActor.Tell(message)), "a");
        var selection = Sys.ActorSelection("/user/a");
        for (var i = 0; i < 1000; i++)
        {
            selection.Tell(i, TestActor);
        }

        Assert.Equal(Enumerable.Range(0, 1000), ReceiveN(1000).Cast<int>());
    }

    [Fact]
    public async Task ResolveOne_SomebodyThere_ExpectThatActor()
    {
        var a = Sys.ActorOf(Names, "a");
        Assert.Equal(a, await Sys.ActorSelection("/user/a").ResolveOne(Second).WaitAsync(SafetyNet));
    }

    [Fact]
    public async Task ResolveOne_NobodyThere_ExpectActorNotFoundException() =>
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nobody").ResolveOne(Second).WaitAsync(SafetyNet));

    [Fact]
    public void Identify_NobodyThere_ExpectAnIdentityWithoutSubject()
    {
        Sys.ActorSelection("/user/nobody").Tell(new Identify("q"), TestActor);
        ExpectMsg<ActorIdentity>(identity => Equals(identity.MessageId, "q") && identity.Subject is null);
    }
}
