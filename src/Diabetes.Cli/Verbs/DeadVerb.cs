using System.CommandLine;
using Diabetes.Domain.Wire;

namespace Diabetes.Cli.Verbs;

/// <summary>Makes <c>diabetes dead</c>: lists, shows and replays messages that no node could use.</summary>
internal static class DeadVerb
{
    public static Command Create() => new("dead", "List, show or replay set-aside messages: those that no node could use.")
    {
        DeadListVerb.Create(),
        DeadShowVerb.Create(),
        DeadReplayVerb.Create(),
    };

    /// <summary>Makes the argument for the queue that the messages came from, with or without ".dead".</summary>
    public static Argument<string> Queue() => new("QUEUE") { Description = "Queue that the messages came from, such as y_true" };

    /// <summary>Takes ".dead" off the name of a queue.</summary>
    public static string Origin(string queue) =>
        queue.EndsWith(SetAsideFormat.Suffix, StringComparison.Ordinal) ? queue[..^SetAsideFormat.Suffix.Length] : queue;

    /// <summary>Fetches the message with this number.</summary>
    /// <exception cref="CliException">No message has it.</exception>
    public static async Task<SetAsideMessage> FindAsync(
        SetAsideQueue messages, string queue, int number, CancellationToken cancellationToken)
    {
        SetAsideMessage? message = null;
        for (var read = 0; read < number; read++)
        {
            message = await messages.NextAsync(cancellationToken)
                ?? throw new CliException(
                    $"There is no set-aside message {number} of '{queue}'; {(read == 0 ? "there is none" : $"the last one is {read}")}. "
                    + $"List them with 'diabetes dead list {queue}'.");
        }

        return message ?? throw new CliException($"There is no set-aside message {number}: the first one is 1.");
    }
}
