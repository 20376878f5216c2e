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
        console.WriteLine($"queue   {Printable.Line(entry.Queue)}");
        console.WriteLine($"time    {entry.At.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture)}");
        console.WriteLine($"reason  {Printable.Line(entry.Reason)}");
        console.WriteLine($"detail  {Printable.Line(entry.Detail)}");
        console.WriteLine($"size    {entry.Body.Length}");
        console.WriteLine();
        console.WriteLine(Printable.Body(entry.Body.Span));
    }
}
