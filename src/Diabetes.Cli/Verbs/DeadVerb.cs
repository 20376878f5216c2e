using Diabetes.Domain.Wire;
using System.CommandLine;

namespace Diabetes.Cli.Verbs;

/// <summary><c>diabetes dead</c>: what the nodes could not use.</summary>
internal static class DeadVerb
{
    public static Command Create() => new("dead", "Dead letters: messages that no node could use.")
    {
        DeadListVerb.Create(),
        DeadShowVerb.Create(),
        DeadReplayVerb.Create(),
    };

    /// <summary>The queue that the letters came from, by its own name or by theirs.</summary>
    public static Argument<string> Queue() => new("QUEUE") { Description = "Queue that the messages came from, such as y_true" };

    public static string Origin(string queue) =>
        queue.EndsWith(SetAsideFormat.Suffix, StringComparison.Ordinal) ? queue[..^SetAsideFormat.Suffix.Length] : queue;

    /// <summary>The letter with this number.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static async Task<SetAsideMessage> FindAsync(SetAsideQueue letters, string queue, int number, CancellationToken cancellationToken)
    {
        var (found, _) = await letters.FindAsync(number, cancellationToken);
        return found.Count == number && number > 0
            ? found[^1]
            : throw new CliException($"There is no dead letter {number} of '{queue}'; {found.Count} wait. 'diabetes dead list {queue}' numbers them.");
    }
}
