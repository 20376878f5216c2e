namespace Diabetes.Actors.Tests;

/// <summary>Handlers are tried in the order in which they were declared; the first that fits has the message.</summary>
public sealed class ReceiveActorTests : KernelTest
{
    [Theory]
    [InlineData(1, "int over 0: 1")]
    [InlineData(-1, "int: -1")]
    [InlineData("long enough", "long text: long enough")]
    [InlineData("short", "text: short")]
    [InlineData(1.5, "double by type: 1.5")]
    [InlineData('c', "any: c")]
    public void Receive_SeveralHandlers_ExpectTheFirstThatFits(object message, string answer)
    {
        var actor = Sys.ActorOf(Props.Create(() => new Picky()));
        actor.Tell(message, TestActor);
        ExpectMsg(answer);
    }

    [Fact]
    public void Receive_OfABaseType_ExpectDerivedMessagesToo()
    {
        var actor = Sys.ActorOf(Props.Create(() => new TakesBase()));
        actor.Tell(new Derived(), TestActor);
        ExpectMsg("base: Derived");
    }

    [Fact]
    public void Receive_OfAnInterface_ExpectItsImplementations()
    {
        var actor = Sys.ActorOf(Props.Create(() => new TakesBase()));
        actor.Tell(new Marked(), TestActor);
        ExpectMsg("marked: Marked");
    }

    [Fact]
    public void Receive_FunctionSaysNo_ExpectTheNextHandler()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Declines()));
        actor.Tell(1, TestActor);
        ExpectMsg("declined 1");
        actor.Tell(2, TestActor);
        ExpectMsg("took 2");
    }

    [Fact]
    public void Receive_AfterReceiveAny_ExpectRefusal()
    {
        var refusals = CreateTestProbe();
        Sys.ActorOf(Props.Create(() => new TooLate(refusals.Ref)));
        refusals.ExpectMsg<InvalidOperationException>();
    }

    [Fact]
    public void Receive_OutsideConstructorAndBecome_ExpectRefusal()
    {
        var actor = Sys.ActorOf(Props.Create(() => new DeclaresInAHandler()));
        actor.Tell("go", TestActor);
        ExpectMsg<InvalidOperationException>();
    }

    [Fact]
    public void ReceiveAsync_PredicateAndAny_ExpectTheFirstThatFits()
    {
        var actor = Sys.ActorOf(Props.Create(() => new AsyncPicky()));
        actor.Tell(11, TestActor);
        actor.Tell(9, TestActor);
        actor.Tell(1.5, TestActor);
        ExpectInOrder("over 10: 11", "any: 9", "double by type: 1.5");
    }

    private record Base;

    private sealed record Derived : Base;

    private interface IMarked;

    private sealed record Marked : IMarked;

    private sealed class Picky : ReceiveActor
    {
        public Picky()
        {
            Receive<int>(number => Sender.Tell($"int over 0: {number}"), number => number > 0);
            Receive<int>(number => Sender.Tell($"int: {number}"));
            Receive<string>(text => text.Length > 5, text => Sender.Tell($"long text: {text}"));
            Receive<string>(text => Sender.Tell($"text: {text}"));
            Receive(typeof(double), number => Sender.Tell($"double by type: {number}"));
            ReceiveAny(message => Sender.Tell($"any: {message}"));
        }
    }

    private sealed class TakesBase : ReceiveActor
    {
        public TakesBase()
        {
            Receive<Base>(message => Sender.Tell($"base: {message.GetType().Name}"));
            Receive<IMarked>(message => Sender.Tell($"marked: {message.GetType().Name}"));
        }
    }

    private sealed class Declines : ReceiveActor
    {
        public Declines()
        {
            Receive<int>(number =>
            {
                if (number % 2 != 0)
                {
                    return false;
                }

                Sender.Tell($"took {number}");
                return true;
            });
            ReceiveAny(message => Sender.Tell($"declined {message}"));
        }
    }

    private sealed class TooLate : ReceiveActor
    {
        public TooLate(IActorRef probe)
        {
            ReceiveAny(_ => { });
            try
            {
                Receive<int>(_ => { });
            }
            catch (InvalidOperationException refusal)
            {
                probe.Tell(refusal);
            }
        }
    }

    private sealed class DeclaresInAHandler : ReceiveActor
    {
        public DeclaresInAHandler() => Receive<string>(_ =>
        {
            try
            {
                Receive<int>(_ => { });
            }
            catch (InvalidOperationException refusal)
            {
                Sender.Tell(refusal);
            }
        });
    }

    private sealed class AsyncPicky : ReceiveActor
    {
        public AsyncPicky()
        {
            ReceiveAsync<int>(async number => await Say($"over 10: {number}"), number => number > 10);
            ReceiveAsync(typeof(double), async number => await Say($"double by type: {number}"));
            ReceiveAnyAsync(async message => await Say($"any: {message}"));
        }

        private async Task Say(string what)
        {
            await Task.Yield();
            Sender.Tell(what);
        }
    }
}
