using System.CommandLine;
using System.Globalization;
using Diabetes.Amqp.Settings;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli.Verbs;

/// <summary><c>diabetes dead list</c>: a line a letter. Takes none away.</summary>
internal static class DeadListVerb
{
    public static Command Create()
    {
        var queue = DeadVerb.Queue();
        queue.Arity = ArgumentArity.ZeroOrOne;
        queue.Description += " [default: all four of the nodes]";
        var limit = new Option<int>("--limit")
        {
            Description = "Most letters of a queue to show, the oldest first",
            HelpName = "N",
            DefaultValueFactory = _ => 100,
        };
        limit.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() < 1) given.AddError("--limit must be at least 1.");
        });
        var broker = new BrokerOption();
        var verb = new Command("list", "List dead letters; they stay where they are.") { queue, limit };
        broker.AddTo(verb);
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            var settings = broker.Settings(line);
            string[] queues = line.GetValue(queue) is { } one
                ? [DeadVerb.Origin(one)]
                : [.. new[] { settings.FeaturesQueue(), settings.TruthQueue(), settings.PredictionQueue(), settings.NotificationQueue() }.Select(spec => spec.Name)];
            var total = 0L;
            foreach (var name in queues)
            {
                total += await ListAsync(console, settings.RabbitMq("cli"), name, line.GetValue(limit), stop);
            }

            console.WriteLine(total == 0 ? $"No dead letters of {string.Join(", ", queues)}." : $"{total} in all.");
        }));
        return verb;
    }

    private static async Task<long> ListAsync(TextWriter console, RabbitMqConnectionSettings broker, string queue, int limit, CancellationToken stop)
    {
        await using var letters = await SetAsideQueue.OpenAsync(broker, queue, stop);
        var (found, more) = await letters.FindAsync(limit, stop);
        foreach (var letter in found)
        {
            var entry = letter.Entry;
            var time = entry.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            console.WriteLine($"{queue,-12}  {letter.Number,5}  {time}  {Printable.Line(entry.Reason),-16}  {Printable.Line(entry.Detail)}");
        }

        if (more > 0)
        {
            console.WriteLine($"{queue,-12}  and {more} more");
        }

        return found.Count + more;
    }
}
