using System.CommandLine;
using System.Globalization;
using Diabetes.Amqp.Settings;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Cli.Verbs;

/// <summary>Makes <c>diabetes dead list</c>: writes a line for each set-aside message. The messages stay in their queues.</summary>
internal static class DeadListVerb
{
    public static Command Create()
    {
        var queue = DeadVerb.Queue();
        queue.Arity = ArgumentArity.ZeroOrOne;
        queue.Description += " [default: all four of the nodes]";
        var limit = new Option<int>("--limit")
        {
            Description = "How many messages to show from each queue at most, oldest first",
            HelpName = "N",
            DefaultValueFactory = _ => 100,
        };
        limit.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() < 1)
            {
                given.AddError("--limit must be at least 1.");
            }
        });
        var broker = new BrokerOption();
        var verb = new Command("list", "List set-aside messages; they stay in their queues.") { queue, limit };
        broker.AddTo(verb);
        verb.SetAction((line, stop) => Verb.RunAsync(line, async console =>
        {
            var settings = broker.Settings(line);
            string[] queues = line.GetValue(queue) is { } one
                ? [DeadVerb.Origin(one)]
                :
                [
                    settings.FeaturesQueue().Name,
                    settings.TruthQueue().Name,
                    settings.PredictionQueue().Name,
                    settings.NotificationQueue().Name,
                ];
            var total = 0L;
            foreach (var name in queues)
            {
                total += await ListAsync(console, settings.RabbitMq("cli"), name, line.GetValue(limit), stop);
            }

            console.WriteLine(total == 0 ? $"No set-aside messages from {string.Join(", ", queues)}." : $"{total} in all.");
        }));
        return verb;
    }

    private static async Task<long> ListAsync(
        TextWriter console, RabbitMqConnectionSettings broker, string queue, int limit, CancellationToken stop)
    {
        await using var messages = await SetAsideQueue.OpenAsync(broker, queue, stop);
        SetAsideMessage? message = null;
        for (var shown = 0; shown < limit && await messages.NextAsync(stop) is { } next; shown++)
        {
            message = next;
            var entry = message.Entry;
            var time = entry.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            console.WriteLine($"{queue,-12}  {message.Number,5}  {time}  {entry.Reason,-16}  {entry.Detail}");
        }

        if (message is not { Message.Behind: var more and > 0 })
        {
            return message?.Number ?? 0;
        }

        console.WriteLine($"{queue,-12}  and {more} more");
        return message.Number + more;
    }
}
