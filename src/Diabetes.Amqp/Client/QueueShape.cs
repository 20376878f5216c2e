using System.Globalization;
using System.Text.RegularExpressions;
using Diabetes.Amqp.Settings;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Holds the properties with which a queue is declared. The broker's refusal names one difference, so whoever wants to know all of them
/// takes each over and declares again.
/// </summary>
internal sealed partial class QueueShape
{
    private readonly Dictionary<string, object?> _arguments = new(StringComparer.Ordinal);
    private bool _durable;

    public QueueShape(QueueDeclaration queue)
    {
        _durable = queue.Durable || queue.Kind == QueueKind.Quorum;
        if (queue.Kind == QueueKind.Quorum)
        {
            _arguments["x-queue-type"] = "quorum";
        }
    }

    public Task<QueueDeclareOk> DeclareAsync(IChannel channel, string name, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(
            name,
            _durable,
            exclusive: false,
            autoDelete: false,
            _arguments.Count > 0 ? _arguments : null,
            cancellationToken: cancellationToken);

    /// <summary>Takes a value of the existing queue over.</summary>
    /// <returns>False if it is of a kind that this class does not know.</returns>
    public bool TryTake(QueueDifference difference)
    {
        if (difference is { Argument: "durable", Current: "'true'" or "'false'" })
        {
            _durable = difference.Current == "'true'";
            return true;
        }

        if (difference.Current == "none")
        {
            return _arguments.Remove(difference.Argument);
        }

        var match = Typed().Match(difference.Current);
        if (!difference.Argument.StartsWith("x-", StringComparison.Ordinal)
            || Value(match.Groups["value"].Value, match.Groups["type"].Value) is not { } value)
        {
            return false;
        }

        _arguments[difference.Argument] = value;
        return true;
    }

    private static object? Value(string text, string type) => type switch
    {
        "longstr" => text,
        "bool" => text == "true",
        "signedint" or "long" or "short" or "byte" when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    [GeneratedRegex("^the value '(?<value>.*)' of type '(?<type>[a-z]+)'$", RegexOptions.Singleline)]
    private static partial Regex Typed();
}
