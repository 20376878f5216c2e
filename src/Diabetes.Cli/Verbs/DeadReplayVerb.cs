using System.CommandLine;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli.Verbs;

/// <summary><c>diabetes dead replay</c>: letters back to where they came from. Each is taken away once the broker has confirmed what was sent, so none is lost; a crash between the two sends it twice.</summary>
internal static class DeadReplayVerb
{
    public static Command Create()
    {
        var queue = DeadVerb.Queue();
        var number = new Argument<int?>("N") { Description = "Number of the letter, as 'dead list' shows it", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Every letter that waits now" };
        var body = new Option<string?>("--body") { Description = "File with the mended message, to send instead of the letter's own", HelpName = "FILE" };
        var broker = new BrokerOption();
        var verb = new Command("replay", "Send dead letters to their queue again, whole or mended.") { queue, number, all, body };
        verb.Validators.Add(given =>
        {
            if (given.GetValue(all) == given.GetValue(number) is not null) given.AddError("Say which: the number of a letter, or --all.");
            if (given.GetValue(all) && given.GetValue(body) is not null) given.AddError("--body mends one letter: say its number instead of --all.");
        });
        broker.AddTo(verb);
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            var name = DeadVerb.Origin(line.GetValue(queue)!);
            byte[]? mended = line.GetValue(body) is { } file ? Read(file) : null;
            await using var letters = await SetAsideQueue.OpenAsync(broker.Settings(line).RabbitMq("cli"), name, stop);
            var chosen = line.GetValue(number) is { } one
                ? [await DeadVerb.FindAsync(letters, name, one, stop)]
                : (await letters.FindAsync(int.MaxValue, stop)).Letters;
            foreach (var letter in chosen)
            {
                await letters.ReplayAsync(letter, mended ?? letter.Entry.Body, stop);
                console.WriteLine($"Sent letter {letter.Number} to {Printable.Line(letter.Entry.Queue)}{(mended is null ? "" : ", mended")}.");
            }

            if (chosen.Count == 0) console.WriteLine($"No dead letters of {name}.");
        }));
        return verb;
    }

    private static byte[] Read(string file) =>
        File.Exists(file) ? File.ReadAllBytes(file) : throw new CliException($"There is no file {file}. Name the mended message with --body FILE.");
}
