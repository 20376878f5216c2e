using System.Collections.Immutable;
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
using Diabetes.Nodes.Tests.Nodes.Plot;
using Diabetes.Nodes.Tests.Support.Processes;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.RabbitMq;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Cli;

public sealed class DeadVerbTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("dead-").FullName;
    private readonly ActorSystem _system = ActorSystem.Create("dead", QueueQuarantine.Dispatcher + ".type = PinnedDispatcher");
    private PrivateRabbitMq _server = null!;
    private RabbitMqConnection _broker = null!;

    public async Task InitializeAsync()
    {
        _server = await PrivateRabbitMq.OpenAsync("max_message_size = 1000");
        _broker = new RabbitMqConnection(new RabbitMqConnectionSettings { Uri = _server.Uri }, TimeProvider.System, NullLogger.Instance);
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _system.Terminate();
        await _server.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // One server for all of it: to start one takes longer than the rest.
    [Fact]
    public async Task Dead_LettersOfANode_AreListedShownReplayedAndNeverLost()
    {
        await BuryAsync(
            "y_true",
            ("NotJson", "no JSON\u001b[2J\r\n\u0085\u202e\u2028y_true", "{\"id\": 1,"u8.ToArray()),
            ("NotUtf8", "bytes", [0xff, 0x00, 0x41]),
            ("NoId", "none", "{\"body\": 295.0}"u8.ToArray()));

        var (code, listed, _) = await RunAsync("list");
        Assert.Equal(0, code);
        Assert.Equal(
            [
                "y_true            1  2026-11-20 12:00:00Z  NotJson           no JSON.[2J.....y_true",
                "y_true            2  2026-11-20 12:00:00Z  NotUtf8           bytes",
                "y_true            3  2026-11-20 12:00:00Z  NoId              none",
                "3 in all.",
            ],
            Lines(listed));
        Assert.Equal(
            [
                "y_true            1  2026-11-20 12:00:00Z  NotJson           no JSON.[2J.....y_true",
                "y_true        and 2 more",
                "3 in all.",
            ],
            Lines((await RunAsync("list", "y_true.dead", "--limit", "1")).Output));

        Assert.EndsWith(
            "\n\n00000000  ff 00 41                                         ..A\n",
            (await RunAsync("show", "y_true", "2")).Output,
            StringComparison.Ordinal);
        var shown = (await RunAsync("show", "y_true", "3")).Output;
        Assert.Equal(
            "queue   y_true\ntime    2026-11-20T12:00:00.0000000+00:00\nreason  NoId\ndetail  none\nsize    15\n\n{\"body\": 295.0}\n",
            shown);
        Assert.Equal(
            (1, "There is no set-aside message 4 of 'y_true'; the last one is 3. List them with 'diabetes dead list y_true'.\n"),
            Failure(await RunAsync("show", "y_true", "4")));

        Assert.StartsWith(
            "There is no set-aside message 1 of 'a.[2J.b';",
            (await RunAsync("show", "a\u001b[2J\nb", "1")).Error,
            StringComparison.Ordinal);

        // Nobody consumes y_true yet: what cannot be sent stays.
        var (failed, lost) = Failure(await RunAsync("replay", "y_true", "3"));
        Assert.Equal(1, failed);
        Assert.StartsWith("Message 3: Nothing was sent to 'y_true': there is no such queue", lost, StringComparison.Ordinal);
        Assert.Contains("stays in 'y_true.dead'", lost, StringComparison.Ordinal);
        Assert.Equal(3, (await _broker.InspectAsync("y_true.dead", CancellationToken.None))?.Messages);

        var received = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var consumed = AmqpSource.CommittableSource(
                NamedQueueSourceSettings.Create(_broker, new QueueDeclaration("y_true")),
                (in IncomingMessage message) => Encoding.Latin1.GetString(message.Body))
            .RunForeach(
                batch =>
                {
                    foreach (var delivery in batch)
                    {
                        delivery.Commit();
                        received.Writer.TryWrite(delivery.Payload);
                    }
                },
                _system.Materializer());
        while (await _broker.InspectAsync("y_true", CancellationToken.None) is not { Consumers: > 0 })
        {
            await Task.Yield();
        }

        var mended = Path.Combine(_folder, "mended.json");
        await File.WriteAllTextAsync(mended, "{\"id\": 7, \"body\": 295.0}");

        Assert.Equal("Sent message 3 to y_true, corrected.\n", (await RunAsync("replay", "y_true", "3", "--body", mended)).Output);
        Assert.Equal("{\"id\": 7, \"body\": 295.0}", await received.Reader.ReadAsync());
        Assert.Equal("Sent message 1 to y_true.\nSent message 2 to y_true.\n", (await RunAsync("replay", "y_true", "--all")).Output);
        Assert.Equal("{\"id\": 1,", await received.Reader.ReadAsync());
        Assert.Equal("\u00ff\0A", await received.Reader.ReadAsync());
        Assert.Equal("No set-aside messages from features, y_true, y_pred, notification.\n", (await RunAsync("list")).Output);
        Assert.False(consumed.IsCompleted);

        // Anybody who may publish to y_true.dead may name another queue there, or a body that the broker does not take.
        await BuryAsync("y_true", ("NoId", "first", "{\"id\": 1}"u8.ToArray()));
        await BuryAsync("y_true", "payments.orders", ("NoId", "forged", "{\"pay\": 1}"u8.ToArray()));
        await BuryAsync("y_true", ("NoId", "last", "{\"id\": 2}"u8.ToArray()));
        const string Forged =
            "Message 2: Nothing was sent: it says that it came from 'payments.orders', not from 'y_true'. It stays in 'y_true.dead'. "
            + "Look at it with 'diabetes dead show'; if you trust it, publish it yourself.";
        Assert.Equal((1, Forged + "\n"), Failure(await RunAsync("replay", "y_true", "2")));
        var (all, sent, why) = await RunAsync("replay", "y_true", "--all");
        Assert.Equal(
            (1, "1 set-aside message of y_true was not sent: the lines above say why.\n"), (all, why));
        Assert.Equal(
            [
                "Sent message 1 to y_true.",
                Forged,
                "Sent message 3 to y_true.",
            ],
            Lines(sent));
        Assert.Equal("{\"id\": 1}", await received.Reader.ReadAsync());
        Assert.Equal("{\"id\": 2}", await received.Reader.ReadAsync());
        Assert.Null(await _broker.InspectAsync("payments.orders", CancellationToken.None));

        // One that the broker refuses does not stop the others: the broker closes the channel of a message that is too large for it.
        await BuryAsync("y_true", ("NoId", "small", [1]));
        await File.WriteAllTextAsync(mended, new string('x', 1001));
        Assert.Contains(
            "larger than configured max size 1000",
            (await RunAsync("replay", "y_true", "2", "--body", mended)).Error,
            StringComparison.Ordinal);
        Assert.Equal(2, (await _broker.InspectAsync("y_true.dead", CancellationToken.None))?.Messages);
    }

    // No server, no node: what is asked for is only what --all does with one that fails.
    [Fact]
    public async Task Replay_OneRefused_DoesNotStopTheOthers()
    {
        await _server.ControlAsync("set_policy", "full", "^full$", "{\"max-length\": 3, \"overflow\": \"reject-publish\"}");
        await BuryAsync("full", [.. Enumerable.Range(1, 4).Select(n => ("NoId", $"{n}", new byte[n]))]);
        await Source.Single(ImmutableArray.Create("already there")).RunWith(
            AmqpSink.Create<string>(
                AmqpSinkSettings.Create(_broker, new QueueDeclaration("full")),
                (text, outgoing) => Encoding.UTF8.GetBytes(text, outgoing.Body)),
            _system.Materializer());

        var (code, sent, error) = await RunAsync("replay", "full", "--all");
        Assert.Equal((1, "2 set-aside messages of full were not sent: the lines above say why.\n"), (code, error));
        Assert.Equal(4, Lines(sent).Length);
        Assert.Equal(2, Lines(sent).Count(line => line.Contains("did not accept", StringComparison.Ordinal)));
        Assert.Equal(2, (await _broker.InspectAsync("full.dead", CancellationToken.None))?.Messages);
    }

    [Fact]
    public async Task Quarantine_MessageOfTheLargestSizeThatTheBrokerTakes_IsSetAsideWhole()
    {
        var (settlement, body) = (new RecordedSettlement(), Encoding.ASCII.GetBytes(new string('x', 1000)));
        var quarantine = new QueueQuarantine("large", new RefusingQuarantine(), _broker, 10, TimeProvider.System, new ListLogger());
        await Source.Single(ImmutableArray.Create(new SetAside("large", "NotJson", "none", body, settlement.Deliver("large"))))
            .RunWith(quarantine.Sink(), _system.Materializer())
            .WaitAsync(SafetyNet.Long);
        Assert.Single(settlement.Acked);
        var shown = (await RunAsync("show", "large", "1")).Output;
        Assert.EndsWith($"size    1000\n\n{new string('x', 1000)}\n", shown, StringComparison.Ordinal);
    }

    private static (int Code, string Error) Failure((int Code, string Output, string Error) result) => (result.Code, result.Error);

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    private Task<Done> BuryAsync(string queue, params (string Reason, string Detail, byte[] Body)[] letters) =>
        BuryAsync(queue, queue, letters);

    private Task<Done> BuryAsync(string queue, string origin, params (string Reason, string Detail, byte[] Body)[] letters)
    {
        var entries = ImmutableArray.CreateRange(
            letters.Select(letter => new QuarantineEntry(Noon, origin, letter.Reason, letter.Detail, letter.Body)));
        var dead = AmqpSinkSettings.Create(_broker, new QueueDeclaration(SetAsideFormat.QueueOf(queue)).WithDurable(true));
        return Source.Single(entries).RunWith(
            AmqpSink.Create<QuarantineEntry>(dead, SetAsideLetter.Write),
            _system.Materializer());
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var line = new RootCommand { DeadVerb.Create() }.Parse(["dead", .. args, "--amqp", _server.Uri.ToString()]);
        var code = await line.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
