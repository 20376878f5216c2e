using System.CommandLine;
using System.Text;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Cli.Verbs;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;
using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Logs;
using Diabetes.Nodes.Tests.Support.Processes;
using Diabetes.Testing.RabbitMq;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Chaos;

/// <summary>
/// Proves that nothing is lost and nothing counted twice: nodes and the broker are killed and connections are cut at points that a seed
/// draws, and afterwards the ledger holds what was sent. The output names the seed; set CHAOS_SEED to run it again.
/// docs/delivery-guarantees.md shows the long form.
/// </summary>
public sealed class ChaosTests(BrokerFixture broker, ITestOutputHelper output) : StageTest(output)
{
    private static readonly string[] Durable =
    [
        .. ((string[])["features", "y-true", "y-pred", "notification"])
            .SelectMany(queue => (string[])["--set", $"queues.{queue}.durable=true"]),
    ];

    private readonly ITestOutputHelper _output = output;

    [Fact]
    public async Task Run_NodesAndBrokerKilledAndConnectionsCut_EachIdIsInTheLedgerOnceAndJunkInTheQuarantine()
    {
        var plan = ChaosPlan.FromEnvironment();
        var mishaps = plan.Mishaps();
        _output.WriteLine($"{plan}: {string.Join(", ", mishaps)}");
        var start = TimeProvider.System.GetTimestamp();
        await using var proxy = new ChaosProxy(Stage.Host.Uri);
        var nodes = new[] { "metric", "model", "plot" }.ToDictionary(name => name, name => Start(name, proxy));

        await using var client = Open(proxy.Uri);
        using var system = ActorSystem.Create("chaos");
        var producer = new ChaosProducer(plan, client, DurableQueue("features"), DurableQueue("y_true"));
        var sending = producer.SendAsync(system.Materializer());
        for (var i = 0; i < mishaps.Count; i++)
        {
            await Stage.Ledger.UntilRowsAsync((i + 1) * plan.Ids / (mishaps.Count + 2));
            await HappenAsync(mishaps[i], nodes, proxy);
        }

        var complete = Stage.Ledger.UntilRowsAsync(plan.Ids);
        await await Task.WhenAny(sending, complete);
        await complete;
        await sending.WaitAsync(SafetyNet.Long);
        await FileWatch.UntilAsync(
            Stage.LogFile("quarantine.ndjson"),
            () => Quarantined().Count == producer.Junk.Count,
            () => $"{Quarantined().Count} of {producer.Junk.Count} junk messages are quarantined.");
        // A node that was killed last may not have started again yet.
        await Task.WhenAll(nodes.Values.Select(node => node.LineAsync("Consuming")));
        await Stage.Host.UntilEmptyAsync();
        await Task.WhenAll(nodes["model"].StopAsync(), nodes["plot"].StopAsync());
        await nodes["metric"].StopAsync();
        var verified = await VerifyAsync();
        _output.WriteLine(
            $"{TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} s, {proxy.Cuts} connections cut, "
            + $"{producer.Junk.Count} junk messages\n{verified}");

        Assert.Equal($"{plan.Ids} rows are right", await Stage.CheckLedgerAsync());
        Assert.Equal(producer.Ids.Order(), Stage.Ledger.Ids.Order());
        Assert.Contains($"{plan.Ids} joined + 0 pending + 0 orphaned", verified, StringComparison.Ordinal);
        Assert.EndsWith($"ledger   {plan.Ids} rows, 0 late\nEverything agrees.\n", verified, StringComparison.Ordinal);
        Assert.Equal(producer.Junk.Order(), Quarantined().Order());
        Assert.Equal(producer.Junk.Order(), (await LettersAsync()).Order());
        Assert.Equal(0, nodes["metric"].Output.Count("do not add up"));
        Assert.All(
            (await Stage.Host.QueuesAsync()).Where(queue => !queue.Key.EndsWith(".dead", StringComparison.Ordinal)),
            queue => Assert.Equal((0, 0), (queue.Value.Ready, queue.Value.Unacknowledged)));
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);

    private static RabbitMqConnection Open(Uri uri) =>
        new(new RabbitMqConnectionSettings { Uri = uri }, TimeProvider.System, NullLogger.Instance);

    private static QueueDeclaration DurableQueue(string name) => new QueueDeclaration(name).WithDurable(true);

    private TestProcess Start(string node, ChaosProxy proxy) => Stage.NodeAsItIs(
        node,
        [
            "--amqp", $"{proxy.Uri}", "--logs", Stage.Logs, .. Durable,
            "--set", "metric.spill-after=200ms", "--set", "drain-timeout=1m",
        ]);

    private async Task HappenAsync(Mishap mishap, Dictionary<string, TestProcess> nodes, ChaosProxy proxy)
    {
        switch (mishap)
        {
            case Mishap.BrokerKilled:
                await broker.Server.KillAsync();
                await broker.Server.StartAsync();
                break;
            case Mishap.BrokerStopped:
                await broker.Server.StopAsync();
                await broker.Server.StartAsync();
                break;
            case Mishap.ConnectionsCut:
                proxy.Cut();
                break;
            case Mishap.ConnectionsCutMidFrame:
                proxy.CutMidFrame();
                break;
            default:
                var node = mishap switch { Mishap.MetricKilled => "metric", Mishap.ModelKilled => "model", _ => "plot" };
                await nodes[node].KillAsync();
                nodes[node] = Start(node, proxy);
                break;
        }
    }

    /// <summary>What <c>diabetes verify</c> says.</summary>
    private async Task<string> VerifyAsync()
    {
        await using StringWriter said = new() { NewLine = "\n" };
        var line = new RootCommand { VerifyVerb.Create() }.Parse(["verify", "--logs", Stage.Logs]);
        var code = await line.InvokeAsync(new InvocationConfiguration { Output = said, Error = said });
        Assert.True(code == 0, $"{said}");
        return $"{said}";
    }

    /// <summary>
    /// Reads the quarantined messages, each once. A kill between the write and the settlement brings a message, and its entry, again.
    /// </summary>
    private List<(string Queue, string Body)> Quarantined() =>
        [.. Stage.Quarantine.Lines.Select(line => (line.Queue, Encoding.UTF8.GetString(line.Body))).Distinct()];

    /// <summary>Reads the waiting dead letters, each once. A missing one shows when the caller compares them with what was sent.</summary>
    private async Task<IReadOnlyList<(string Queue, string Body)>> LettersAsync()
    {
        await using var client = Open(Stage.Host.Uri);
        using var system = ActorSystem.Create("letters");
        var letters = new HashSet<(string, string)>();
        var dead = (await Stage.Host.QueuesAsync())
            .Where(queue => queue.Key.EndsWith(".dead", StringComparison.Ordinal) && queue.Value.Ready > 0);
        foreach (var (name, counts) in dead)
        {
            var found = AmqpSource.CommittableSource(
                    NamedQueueSourceSettings.Create(client, DurableQueue(name)),
                    static (in message) => SetAsideLetter.Read(message.Body, message.Properties)!)
                .SelectMany(static batch => batch)
                .Take(counts.Ready)
                .RunWith(Sink.Seq<CommittableMessage<QuarantineEntry>>(), system.Materializer());
            letters.UnionWith((await found.WaitAsync(SafetyNet.Long))
                .Select(letter => (letter.Payload.Queue, Encoding.UTF8.GetString(letter.Payload.Body.Span))));
        }

        return [.. letters];
    }
}
