using System.CommandLine;
using System.Globalization;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli.Verbs;

/// <summary>Makes <c>diabetes dead show</c>: shows one set-aside message with its body. The message stays in the queue.</summary>
internal static class DeadShowVerb
{
    public static Command Create()
    {
        var queue = DeadVerb.Queue();
        var number = new Argument<int>("N") { Description = "Number of the message, as 'dead list' shows it" };
        var broker = new BrokerOption();
        var verb =
            new Command("show", "Show one set-aside message: its body as text, or in hex if it is not printable text.") { queue, number };
        broker.AddTo(verb);
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            var name = DeadVerb.Origin(line.GetValue(queue)!);
            await using var messages = await SetAsideQueue.OpenAsync(broker.Settings(line).RabbitMq("cli"), name, stop);
            Print(console, (await DeadVerb.FindAsync(messages, name, line.GetValue(number), stop)).Entry);
        }));
        return verb;
    }

    private static void Print(TextWriter console, QuarantineEntry entry)
    {
        console.WriteLine($"queue   {entry.Queue}");
        console.WriteLine($"time    {entry.At.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture)}");
        console.WriteLine($"reason  {entry.Reason}");
        console.WriteLine($"detail  {entry.Detail}");
        console.WriteLine($"size    {entry.Size}");
        console.WriteLine();
        foreach (var row in BodyText.Of(entry.Body.Span).Split('\n'))
        {
            console.WriteLine(row);
        }
    }
}
