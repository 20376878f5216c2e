using System.CommandLine;
using Diabetes.Amqp;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli.Verbs;

/// <summary>
/// Makes <c>diabetes dead replay</c>: publishes set-aside messages to the queue that the user names. Each is removed after the broker has
/// confirmed the publish, so none is lost; a crash between confirm and removal makes the next replay send it again.
/// </summary>
internal static class DeadReplayVerb
{
    public static Command Create()
    {
        var queue = DeadVerb.Queue();
        var number = new Argument<int?>("N")
        {
            Description = "Number of the message, as 'dead list' shows it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var all = new Option<bool>("--all") { Description = "Replay every message that waits now" };
        var body = new Option<string?>("--body")
        {
            Description = "File with the corrected message, to send instead of the one that was set aside",
            HelpName = "FILE",
        };
        var broker = new BrokerOption();
        var verb =
            new Command("replay", "Send set-aside messages to their queue again, unchanged or corrected.") { queue, number, all, body };
        verb.Validators.Add(given =>
        {
            if (given.GetValue(all) == given.GetValue(number) is not null)
            {
                given.AddError(
                "Name the message to replay: its number, or --all.");
            }

            if (given.GetValue(all) && given.GetValue(body) is not null)
            {
                given.AddError("--body replaces one message: give its number instead of --all.");
            }
        });
        broker.AddTo(verb);
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            var name = DeadVerb.Origin(line.GetValue(queue)!);
            byte[]? corrected = line.GetValue(body) is { } file ? Read(file) : null;
            await using var messages = await SetAsideQueue.OpenAsync(broker.Settings(line).RabbitMq("cli"), name, stop);
            if (line.GetValue(number) is not { } one)
            {
                await ReplayAllAsync(console, messages, name, stop);
                return;
            }

            var message = await DeadVerb.FindAsync(messages, name, one, stop);
            await messages.ReplayAsync(message, corrected ?? message.Entry.Body, stop);
            console.WriteLine($"Sent message {message.Number} to {name}{(corrected is null ? "" : ", corrected")}.");
        }));
        return verb;
    }

    /// <summary>Replays one message after the other: only one of them is in memory.</summary>
    private static async Task ReplayAllAsync(TextWriter console, SetAsideQueue messages, string name, CancellationToken stop)
    {
        var (read, waiting, unsent) = (0L, 1L, 0);
        for (; read < waiting && await messages.NextAsync(stop) is { } message; read++)
        {
            // Not those that come meanwhile: a node sets aside again what is still of no use to it.
            waiting = read == 0 ? 1 + message.Message.Behind : waiting;
            try
            {
                await messages.ReplayAsync(message, message.Entry.Body, stop);
                console.WriteLine($"Sent message {message.Number} to {name}.");
            }
            catch (AmqpNotSentException kept)
            {
                unsent++;
                console.WriteLine(kept.Message);
            }
        }

        if (read == 0)
        {
            console.WriteLine($"No set-aside messages from {name}.");
        }
        else if (unsent > 0)
        {
            throw new CliException(
                $"{Plural.Of(unsent, "set-aside message")} of {name} {(unsent == 1 ? "was" : "were")} not sent: the lines above say why.");
        }
    }

    private static byte[] Read(string file) =>
        File.Exists(file)
            ? File.ReadAllBytes(file)
            : throw new CliException($"There is no file {file}. Name the file with the corrected message: --body FILE.");
}
