namespace Diabetes.Actors.Tests;

/// <summary>Props say how to make an actor, as often as needed, from arguments taken once.</summary>
public sealed class PropsTests : KernelTest
{
    [Fact]
    public void Create_ByExpression_ExpectTheActorOfThoseArguments()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Says("hello", 2)));
        actor.Tell("?", TestActor);
        ExpectMsg("hello 2");
    }

    [Fact]
    public void Create_ByTypeParameter_ExpectTheActor()
    {
        Sys.ActorOf(Props.Create<Echo>()).Tell("hello", TestActor);
        ExpectMsg("hello");
    }

    [Fact]
    public void Create_ByTypeParameterAndArguments_ExpectTheActorOfThoseArguments()
    {
        Sys.ActorOf(Props.Create<Says>("hello", 2)).Tell("?", TestActor);
        ExpectMsg("hello 2");
    }

    [Fact]
    public void Create_ByTypeAndArguments_ExpectTheActorOfThoseArguments()
    {
        var type = typeof(Says);
        Sys.ActorOf(Props.Create(type, "hello", 2)).Tell("?", TestActor);
        ExpectMsg("hello 2");
    }

    [Fact]
    public void Create_AVariableChangesLater_ExpectItsValueAtTheTimeOfCreate()
    {
        var number = 1;
        var props = Props.Create(() => new Says("number", number));
        number = 2;
        Sys.ActorOf(props).Tell("?", TestActor);
        ExpectMsg("number 1");
    }

    [Fact]
    public void Create_UsedTwice_ExpectTwoActors()
    {
        var props = Props.Create<Echo>();
        Assert.NotEqual(Sys.ActorOf(props), Sys.ActorOf(props));
    }

    [Fact]
    public void Create_AnArgumentExpressionIsEvaluated_ExpectOnceWhateverIsRestarted()
    {
        var calls = 0;
        Func<int> next = () => ++calls;
        var actor = Sys.ActorOf(Props.Create(() => new Says("call", next())));
        actor.Tell(new Fail(), TestActor);
        actor.Tell("?", TestActor);
        ExpectMsg("call 1");
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Create_NoConstructorCall_ExpectRefusal()
    {
        Func<Echo> make = () => throw new InvalidOperationException("never called");
        Assert.Throws<ArgumentException>(() => Props.Create(() => make()));
    }

    [Fact]
    public void Create_NotAnActorClass_ExpectRefusal() => Assert.Throws<ArgumentException>(() => Props.Create(typeof(string)));

    [Fact]
    public void Create_NullType_ExpectRefusal() => Assert.Throws<ArgumentNullException>(() => Props.Create((Type)null!));

    [Fact]
    public void SupervisorStrategy_NotGiven_ExpectNull() => Assert.Null(Props.Create(() => new Echo()).SupervisorStrategy);

    [Fact]
    public void SupervisorStrategy_Given_ExpectItAndTheFirstPropsUntouched()
    {
        var strategy = new OneForOneStrategy(_ => Directive.Stop);
        var plain = Props.Create(() => new Echo());
        Assert.Same(strategy, plain.WithSupervisorStrategy(strategy).SupervisorStrategy);
        Assert.Same(strategy, Props.Create(() => new Echo(), strategy).SupervisorStrategy);
        Assert.Null(plain.SupervisorStrategy);
    }

    [Fact]
    public void Type_OfProps_ExpectTheActorsClass() => Assert.Equal(typeof(Echo), Props.Create(() => new Echo()).Type);

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Says(string word, int number) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Fail fail)
            {
                throw new BoomException(fail.Reason);
            }

            Sender.Tell($"{word} {number}");
        }
    }
}
