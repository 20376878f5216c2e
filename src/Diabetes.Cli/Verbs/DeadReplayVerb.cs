using System.CommandLine;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli.Verbs;

/// <summary>
/// Makes <c>diabetes dead replay</c>: publishes set-aside messages to the queues that they came from. Each is removed after the broker has
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
            var chosen = line.GetValue(number) is { } one
                ? [await DeadVerb.FindAsync(messages, name, one, stop)]
                : (await messages.FindAsync(int.MaxValue, stop)).Messages;
            foreach (var message in chosen)
            {
                await messages.ReplayAsync(message, corrected ?? message.Entry.Body, stop);
                var how = corrected is null ? "" : ", corrected";
                console.WriteLine($"Sent message {message.Number} to {Printable.Line(message.Entry.Queue)}{how}.");
            }

            if (chosen.Count == 0)
            {
                console.WriteLine($"No set-aside messages from {name}.");
            }
        }));
        return verb;
    }

    private static byte[] Read(string file) =>
        File.Exists(file)
            ? File.ReadAllBytes(file)
            : throw new CliException($"There is no file {file}. Name the file with the corrected message: --body FILE.");
}
