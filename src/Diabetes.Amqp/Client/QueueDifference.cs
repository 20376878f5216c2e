using System.Text.RegularExpressions;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp.Client;

/// <summary>Describes how an existing queue differs from the configuration, parsed from the broker's refusal to declare it.</summary>
/// <param name="Text">The difference, for the log.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="IsWeaker">True if the queue protects messages less than configured.</param>
internal sealed partial record QueueDifference(string Text, string Advice, bool IsWeaker)
{
    private const string Replace =
        "To change it, stop all services that use it, delete it when it is empty, and start them again: the first one declares it";

    /// <param name="wanted">The queue as it is configured.</param>
    /// <param name="reason">The text of the broker's refusal, which the protocol cuts off after 255 bytes.</param>
    public static QueueDifference Of(QueueDeclaration wanted, string reason)
    {
        var match = Inequivalent().Match(reason);
        if (!match.Success)
        {
            return new QueueDifference(reason, Replace, IsWeaker: true);
        }

        var argument = match.Groups["argument"].Value;
        var text = $"{argument} is {match.Groups["current"].Value}, but {match.Groups["received"].Value} is configured";
        return (argument, wanted) switch
        {
            ("durable", { Durable: true }) => new(text, $"Its messages are lost when the broker restarts. {Replace}", IsWeaker: true),
            ("durable", _) => new(
                text, "It survives a restart of the broker, which does no harm. Set its queues.*.durable = true", IsWeaker: false),
            ("x-queue-type", { Kind: QueueKind.Quorum }) => new(
                text, $"It is stored on only one machine of the broker. {Replace}", IsWeaker: true),
            ("x-queue-type", _) => new(text, "If it is a quorum queue, set amqp.topology = reliable", IsWeaker: false),
            _ => new(
                text,
                "If the argument is a limit (x-max-length, x-message-ttl), the broker drops messages and no node notices",
                IsWeaker: true),
        };
    }

    [GeneratedRegex(
        "inequivalent arg '(?<argument>[^']+)' for queue .*: received (?<received>.+) but current is (?<current>.+)$",
        RegexOptions.Singleline)]
    private static partial Regex Inequivalent();
}
