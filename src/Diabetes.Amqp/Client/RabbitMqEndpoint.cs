using System.Globalization;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Parses an AMQP URI. The client's own parser is not used, because it would accept a TLS certificate with any name, and its errors contain
/// the password.
/// </summary>
internal sealed record RabbitMqEndpoint(bool Tls, string Host, int Port, string User, string Password, string VirtualHost)
{
    private const string Encode = "Write '@' as %40, ':' as %3A, '/' as %2F, '?' as %3F and '#' as %23";

    /// <summary>The interval of heartbeats that the URI asks for; null for the default.</summary>
    public TimeSpan? Heartbeat { get; private init; }

    /// <summary>The time limit for a TCP connection that the URI asks for; null for the default.</summary>
    public TimeSpan? ConnectTimeout { get; private init; }

    /// <summary>The names of the parameters that mean nothing here, between commas; empty if there are none.</summary>
    public string Ignored { get; private init; } = "";

    /// <exception cref="ArgumentException">
    /// The message begins with the key of the configuration. It contains nothing that may belong to a password.
    /// </exception>
    public static RabbitMqEndpoint Parse(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
        {
            throw Unusable("the broker's URI must look like amqp://user:password@host:5672/vhost, or amqps:// for TLS");
        }

        // A password that is not percent-encoded ends the authority early: what the parser takes for the host is then a part of it.
        var (userInfo, path) = Split(uri.OriginalString);
        if (userInfo.Contains('@') || path.Contains('@') || path.Contains('#'))
        {
            throw Unusable($"user, password and virtual host must be percent-encoded. {Encode}");
        }

        var tls = uri.Scheme == "amqps";
        var user = uri.UserInfo.Split(':');
        if (user.Length > 2)
        {
            throw Unusable($"the user or the password contains a ':'. {Encode}");
        }

        var virtualHost = uri.AbsolutePath is "" or "/" or "//" ? "/" : uri.AbsolutePath[1..];
        if (virtualHost.Length > 1 && virtualHost.Contains('/'))
        {
            throw Unusable($"the virtual host in {uri.Scheme}://{uri.Authority} must be one path segment. {Encode}");
        }

        return new RabbitMqEndpoint(
            tls,
            uri.DnsSafeHost,
            uri.Port > 0 ? uri.Port : tls ? 5671 : 5672,
            user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : "guest",
            user.Length == 2 ? Uri.UnescapeDataString(user[1]) : "guest",
            Uri.UnescapeDataString(virtualHost)).With(uri.Query);
    }

    /// <summary>Returns the URI without the password.</summary>
    public override string ToString() =>
        $"{(Tls ? "amqps" : "amqp")}://{Uri.EscapeDataString(User)}@{Host}:{Port}/"
        + (VirtualHost == "/" ? "" : Uri.EscapeDataString(VirtualHost));

    /// <summary>Takes the parameters that RabbitMQ's clients know, with their units.</summary>
    private RabbitMqEndpoint With(string query)
    {
        var (taken, ignored) = (this, new List<string>());
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=', 2)))
        {
            switch (pair[0])
            {
                case "heartbeat":
                    taken = taken with { Heartbeat = TimeSpan.FromSeconds(Number(pair, "seconds", 1, ushort.MaxValue)) };
                    break;
                case "connection_timeout":
                    taken = taken with { ConnectTimeout = TimeSpan.FromMilliseconds(Number(pair, "milliseconds", 1, 600_000)) };
                    break;
                case "channel_max":
                    throw Unusable("channel_max cannot be set, because a node needs a channel for each queue. Remove it");
                default:
                    ignored.Add(pair[0]);
                    break;
            }
        }

        return ignored.Count == 0 ? taken : taken with { Ignored = string.Join(", ", ignored.Distinct().Take(10)) };
    }

    private static int Number(string[] pair, string unit, int least, int most) =>
        pair.Length == 2 && int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw Unusable($"{pair[0]} in the query is not a whole number of {unit} from {least} to {most}");

    private static (string UserInfo, string Path) Split(string uri)
    {
        var authority = uri[(uri.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = authority.IndexOfAny(['/', '?', '#']);
        var (before, path) = end < 0 ? (authority, "") : (authority[..end], authority[end..]);
        return (before[..Math.Max(before.LastIndexOf('@'), 0)], path);
    }

    private static ArgumentException Unusable(string reason) => new($"amqp.uri: {reason}.");
}
