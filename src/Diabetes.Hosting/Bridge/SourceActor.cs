using System.Diagnostics.CodeAnalysis;
using Diabetes.Streams;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>
/// Owns a source: begins to consume when it starts, stops and closes when told. Deliveries do not pass through its mailbox. They are told
/// straight to the actor that the route names, so that the broker's prefetch is the only bound and no hop is paid twice.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor lets go of what it owns in PostStop.")]
public sealed class SourceActor<T> : ReceiveActor
{
    private readonly CancellationTokenSource _waiting = new();
    private readonly ISource<T> _source;
    private readonly Func<Delivery<T>, IActorRef> _route;

    /// <param name="source">The source, owned from here on.</param>
    /// <param name="route">Names the receiver of a delivery. Called on the broker's thread: pure and quick.</param>
    /// <param name="logger">Told when the subscription stands.</param>
    public SourceActor(ISource<T> source, Func<Delivery<T>, IActorRef> route, ILogger logger)
    {
        (_source, _route) = (source, route);

        Receive<Subscribed>(_ => Log.Consuming(logger, source.Queue.Name, source.Queue.Prefetch));
        Receive<Status.Failure>(failure => !_waiting.IsCancellationRequested, failure =>
            Context.System.EventStream.Publish(new NodeFailed($"Queue '{source.Queue.Name}' cannot be consumed.", failure.Cause!)));
        Receive<Status.Failure>(_ => { });

        Receive<SourceProtocol.GetState>(_ => Sender.Tell(new SourceProtocol.State(source.Queue.Name, source.Unsettled)));

        ReceiveAsync<SourceProtocol.Drain>(async _ =>
        {
            await _waiting.CancelAsync();
            await source.StopAsync(CancellationToken.None);
            Sender.Tell(SourceProtocol.Drained.Instance);
        });
        ReceiveAsync<SourceProtocol.Close>(async _ =>
        {
            await _waiting.CancelAsync();
            var unsettled = source.Unsettled;
            await source.DisposeAsync();
            Sender.Tell(new SourceProtocol.Closed(unsettled));
            Context.Stop(Self);
        });
    }

    protected override void PreStart()
    {
        var self = Self;
        _source.StartAsync(delivery => _route(delivery).Tell(delivery, self), _waiting.Token)
            .PipeTo(self, success: () => Subscribed.Instance);
    }

    protected override void PostStop() => _waiting.Dispose();

    private sealed record Subscribed
    {
        public static readonly Subscribed Instance = new();
    }
}
