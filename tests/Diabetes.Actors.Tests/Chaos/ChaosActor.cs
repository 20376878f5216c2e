namespace Diabetes.Actors.Tests;

/// <summary>Does what orders say, and keeps the books. Its strategy draws its directive from the number of the order that failed.</summary>
internal sealed class ChaosActor : ReceiveActor, IWithStash
{
    private const int Deepest = 5;
    private const int MostChildren = 6;

    private readonly Books _books;
    private readonly int _depth;
    private bool _laidToRest;

    public ChaosActor(Books books, int depth)
    {
        _books = books;
        _depth = depth;
        books.InstanceMade();
        ReceiveAsync<Order>(order => order.Kind is OrderKind.Later or OrderKind.FailLater, DoLater);
        Receive<Order>(Do);
    }

    public IStash Stash { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure => (int.Parse(failure.Message) % 16) switch
    {
        < 7 => Directive.Restart,
        < 12 => Directive.Resume,
        < 15 => Directive.Stop,
        _ => Directive.Escalate,
    });

    protected override void PostStop()
    {
        // An actor that is stopped while it restarts hears of it twice, as in Akka.NET; it is one instance all the same.
        if (!_laidToRest)
        {
            _laidToRest = true;
            _books.InstanceLaidToRest();
        }
    }

    private async Task DoLater(Order order)
    {
        await Task.Yield();
        _books.Note(order);
        if (order.Kind == OrderKind.FailLater)
        {
            throw new BoomException($"{order.Number}");
        }
    }

    private void Do(Order order)
    {
        if (order is { Kind: OrderKind.Stash, WasStashed: false })
        {
            order.WasStashed = true;
            Stash.Stash();
            return;
        }

        _books.Note(order);
        switch (order.Kind)
        {
            case OrderKind.Unstash:
                Stash.UnstashAll();
                break;
            case OrderKind.Fail:
                throw new BoomException($"{order.Number}");
            case OrderKind.Stop when _depth > 0:
                Context.Stop(Self);
                break;
            case OrderKind.Spawn when _depth < Deepest && Context.GetChildren().Count() < MostChildren:
                var (books, depth) = (_books, _depth + 1);
                _books.Register(Context.ActorOf(Props.Create(() => new ChaosActor(books, depth))));
                break;
        }
    }
}
