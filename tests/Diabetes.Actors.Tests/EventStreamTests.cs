namespace Diabetes.Actors.Tests;

/// <summary>Who subscribed to a type hears of every event of that type, once.</summary>
public sealed class EventStreamTests : KernelTest
{
    [Fact]
    public void Publish_SubscribedType_ExpectTheEvent()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        var dog = new Dog();
        Sys.EventStream.Publish(dog);
        ExpectMsg(dog);
    }

    [Fact]
    public void Publish_OtherType_ExpectNothing()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Publish(new Cat());
        Sys.EventStream.Publish(new Animal());
        ExpectNoMsg();
    }

    [Fact]
    public void Publish_DerivedOfASubscribedClass_ExpectTheEvent()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Publish(new Poodle());
        ExpectMsg(new Poodle());
    }

    [Fact]
    public void Publish_ImplementationOfASubscribedInterface_ExpectTheEvent()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IBarks));
        Sys.EventStream.Publish(new Cat());
        Sys.EventStream.Publish(new Poodle());
        ExpectMsg(new Poodle());
        ExpectNoMsg();
    }

    [Fact]
    public void Publish_SubscribedToBaseDerivedAndInterface_ExpectTheEventOnce()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Subscribe(TestActor, typeof(IBarks));
        Sys.EventStream.Publish(new Dog());
        ExpectMsg(new Dog());
        ExpectNoMsg();
    }

    [Fact]
    public void Subscribe_AfterTheTypeWasPublished_ExpectEventsFromThenOn()
    {
        Sys.EventStream.Publish(new Dog());
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        ExpectNoMsg();
        Sys.EventStream.Publish(new Dog());
        ExpectMsg(new Dog());
    }

    [Fact]
    public void Subscribe_Twice_ExpectTrueThenFalseAndOneEvent()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Dog)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Dog)));
        Sys.EventStream.Publish(new Dog());
        ExpectMsg(new Dog());
        ExpectNoMsg();
    }

    [Fact]
    public void Unsubscribe_OneType_ExpectTheOthersStay()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Subscribe(TestActor, typeof(Cat));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor, typeof(Dog)));
        Assert.False(Sys.EventStream.Unsubscribe(TestActor, typeof(Dog)));
        Sys.EventStream.Publish(new Dog());
        Sys.EventStream.Publish(new Cat());
        ExpectMsg(new Cat());
        ExpectNoMsg();
    }

    [Fact]
    public void Unsubscribe_AllTypes_ExpectNothing()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Subscribe(TestActor, typeof(Cat));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Assert.False(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Dog());
        Sys.EventStream.Publish(new Cat());
        ExpectNoMsg();
    }

    [Fact]
    public void Publish_SeveralSubscribers_ExpectEachInTheOrderOfPublishing()
    {
        var probes = Enumerable.Range(0, 3).Select(_ => Listen<Numbered>()).ToList();
        for (var i = 0; i < 100; i++)
        {
            Sys.EventStream.Publish(new Numbered(i));
        }

        Assert.All(probes, probe => Assert.Equal(Enumerable.Range(0, 100), probe.ReceiveN(100).Cast<Numbered>().Select(numbered => numbered.Number)));
    }

    [Fact]
    public void Publish_SubscriberHasEnded_ExpectNoDeadLetters()
    {
        var dead = Listen<AllDeadLetters>();
        var mortal = Listen<Dog>();
        Watch(mortal.Ref);
        Sys.Stop(mortal.Ref);
        ExpectTerminated(mortal.Ref);
        AwaitRest();
        Sys.EventStream.Publish(new Dog());
        dead.ExpectNoMsg();
    }

    [Fact]
    public void Subscribe_Null_ExpectRefusal()
    {
        Assert.Throws<ArgumentNullException>(() => Sys.EventStream.Subscribe(null!, typeof(Dog)));
        Assert.Throws<ArgumentNullException>(() => Sys.EventStream.Unsubscribe(null!));
        Assert.Throws<ArgumentNullException>(() => Sys.EventStream.Unsubscribe(null!, typeof(Dog)));
    }

    [Fact]
    public async Task Subscribe_WhileOthersPublish_ExpectNothingLostForWhoWasThereBefore()
    {
        var steady = Listen<Numbered>();
        var publishing = Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                Sys.EventStream.Publish(new Numbered(i));
            }
        });
        var coming = CreateTestProbe();
        coming.IgnoreMessages<Numbered>();
        while (!publishing.IsCompleted)
        {
            Sys.EventStream.Subscribe(coming.Ref, typeof(Numbered));
            Sys.EventStream.Unsubscribe(coming.Ref, typeof(Numbered));
        }

        await publishing;
        Assert.Equal(Enumerable.Range(0, 2_000), steady.ReceiveN(2_000).Cast<Numbered>().Select(numbered => numbered.Number));
    }

    private interface IBarks;

    private record Animal;

    private record Dog : Animal, IBarks;

    private sealed record Poodle : Dog;

    private sealed record Cat : Animal;

    private sealed record Numbered(int Number);
}
