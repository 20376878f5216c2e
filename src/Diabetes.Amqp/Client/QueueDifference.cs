using System.Text.RegularExpressions;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp.Client;

/// <summary>Describes how an existing queue differs from the configuration, parsed from the broker's refusal to declare it.</summary>
/// <param name="Argument">The property or argument that differs; empty if the refusal cannot be parsed.</param>
/// <param name="Current">Its value in the existing queue, as the broker writes it.</param>
/// <param name="Text">The difference, for the log.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="IsWeaker">True if the queue protects messages less than configured.</param>
internal sealed partial record QueueDifference(string Argument, string Current, string Text, string Advice, bool IsWeaker)
{
    private const string Replace =
        "To change it, stop all services that use it, delete it when it is empty, and start them again: the first one declares it";

    /// <summary>True if the queue is a stream.</summary>
    public bool IsStream => Argument == "x-queue-type" && Current.Contains("'stream'", StringComparison.Ordinal);

    /// <summary>The order in the log: first what may lose messages unnoticed.</summary>
    public int Rank => !IsWeaker ? 2 : Argument is "durable" or "x-queue-type" ? 1 : 0;

    /// <param name="wanted">The queue as it is configured.</param>
    /// <param name="reason">The text of the broker's refusal, which the protocol cuts off after 255 bytes.</param>
    public static QueueDifference Of(QueueDeclaration wanted, string reason)
    {
        var match = Inequivalent().Match(reason);
        if (!match.Success)
        {
            return new QueueDifference("", "", reason, Replace, IsWeaker: true);
        }

        var (argument, current) = (match.Groups["argument"].Value, match.Groups["current"].Value);
        var text = $"{argument} is {current}, but {match.Groups["received"].Value} is configured";
        return (argument, wanted) switch
        {
            ("durable", { Durable: true }) => new(
                argument, current, text, $"Its messages are lost when the broker restarts. {Replace}", IsWeaker: true),
            ("durable", _) => new(
                argument, current, text, "It survives a restart of the broker. Set its queues.*.durable = true", IsWeaker: false),
            ("x-queue-type", { Kind: QueueKind.Quorum }) => new(
                argument, current, text, $"It is stored on only one machine of the broker. {Replace}", IsWeaker: true),
            ("x-queue-type", _) => new(
                argument, current, text, "If it is a quorum queue, set amqp.topology = reliable", IsWeaker: false),
            _ => new(
                argument,
                current,
                text,
                "If an argument is a limit (x-max-length, x-message-ttl), the broker drops messages and no node notices",
                IsWeaker: true),
        };
    }

    [GeneratedRegex(
        "inequivalent arg '(?<argument>[^']+)' for queue .*: received (?<received>.+) but current is (?<current>.+)$",
        RegexOptions.Singleline)]
    private static partial Regex Inequivalent();
}
