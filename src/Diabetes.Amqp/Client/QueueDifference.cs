using System.Text.RegularExpressions;
using Diabetes.Amqp.Settings;

namespace Diabetes.Amqp.Client;

/// <summary>How a queue that is there differs from what was asked for, as the broker says it when it refuses to declare it so.</summary>
/// <param name="Text">The difference, for the log.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="IsWeaker">Whether the queue keeps less than was asked for.</param>
internal sealed partial record QueueDifference(string Text, string Advice, bool IsWeaker)
{
    private const string Replace = "To have it as configured, stop who uses it, delete it once it is empty, and start again: the first to come declares it";

    /// <param name="wanted">What was asked for.</param>
    /// <param name="reason">The broker's words; the protocol cuts them off at 255 bytes.</param>
    public static QueueDifference Of(QueueDeclaration wanted, string reason)
    {
        var match = Inequivalent().Match(reason);
        if (!match.Success)
        {
            return new QueueDifference(reason, Replace, IsWeaker: true);
        }

        var argument = match.Groups["argument"].Value;
        var text = $"{argument} is {match.Groups["current"].Value}, configured is {match.Groups["received"].Value}";
        return (argument, wanted) switch
        {
            ("durable", { Durable: true }) => new(text, $"What it holds is lost when the broker restarts. {Replace}", IsWeaker: true),
            ("durable", _) => new(text, "It outlives the broker, which does no harm; set its queues.*.durable = true to agree with it", IsWeaker: false),
            ("x-queue-type", { Kind: QueueKind.Quorum }) => new(text, $"It is on one machine of the broker only. {Replace}", IsWeaker: true),
            ("x-queue-type", _) => new(text, "Somebody chose it; amqp.topology = reliable agrees with a quorum queue", IsWeaker: false),
            _ => new(text, "A limit among its arguments (x-max-length, x-message-ttl) drops messages without telling a node; else there is nothing to do", IsWeaker: true),
        };
    }

    [GeneratedRegex("inequivalent arg '(?<argument>[^']+)' for queue .*: received (?<received>.+) but current is (?<current>.+)$", RegexOptions.Singleline)]
    private static partial Regex Inequivalent();
}
