using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Quarantine;
using Diabetes.Nodes.Tests.Support.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Hosting;

/// <summary>What blocks a thread blocks one of its own, as a node's actor system is configured.</summary>
public sealed class DispatcherTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create(
        "dispatchers", AkkaSetup.Of(Settings.Load("plot", [], environment: new Dictionary<string, string>()), TimeProvider.System));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task SetAside_Any_IsWrittenOnTheQuarantinesThread()
    {
        await using var broker = new InProcessConnection();
        var file = new RefusingQuarantine();
        var quarantine = new QueueQuarantine("y_true", file, broker, 10, TimeProvider.System, NullLogger.Instance);
        var aside = new SetAside("y_true", "NotJson", "found", new byte[2], new RecordedSettlement().Deliver("payload"));

        await Source.Single(ImmutableArray.Create(aside)).RunWith(quarantine.Sink(), _system.Materializer());
        Assert.Contains(QueueQuarantine.Dispatcher, file.Thread, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_Dispatcher_HasOneThread()
    {
        var actor = Props.Create(() => new ThreadActor()).WithDispatcher("diabetes.picture-dispatcher");
        Task<string?>[] asked = [.. Enumerable.Range(0, 10).Select(_ => _system.ActorOf(actor).Ask<string?>("which"))];
        Assert.Contains("picture-dispatcher", Assert.Single((await Task.WhenAll(asked)).Distinct()), StringComparison.Ordinal);
    }

    private sealed class ThreadActor : ReceiveActor
    {
        public ThreadActor() => ReceiveAny(_ => Sender.Tell(Thread.CurrentThread.Name ?? ""));
    }
}
