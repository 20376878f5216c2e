namespace Diabetes.Amqp.Client;

/// <summary>
/// Parses an AMQP URI. The client's own parser is not used, because it would accept a TLS certificate with any name, and its errors contain
/// the password.
/// </summary>
internal sealed record RabbitMqEndpoint(bool Tls, string Host, int Port, string User, string Password, string VirtualHost)
{
    public static RabbitMqEndpoint Parse(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
        {
            throw new ArgumentException(
                "The broker's URI must look like amqp://user:password@host:5672/vhost, or amqps:// for TLS.");
        }

        var tls = uri.Scheme == "amqps";
        var shown = $"{uri.Scheme}://{uri.Authority}";
        var user = uri.UserInfo.Split(':');
        if (user.Length > 2)
        {
            throw new ArgumentException(
                $"The user or password in the URI of the broker at {shown} contains a ':'. Write it as %3A.");
        }

        if (uri.Segments.Length > 2 || uri.Query.Length > 0)
        {
            throw new ArgumentException(
                $"The virtual host in the URI of the broker at {shown} must be one path segment without a query. "
                + "Write a '/' in it as %2F.");
        }

        return new RabbitMqEndpoint(
            tls,
            uri.DnsSafeHost,
            uri.Port > 0 ? uri.Port : tls ? 5671 : 5672,
            user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : "guest",
            user.Length == 2 ? Uri.UnescapeDataString(user[1]) : "guest",
            uri.Segments.Length == 2 ? Uri.UnescapeDataString(uri.Segments[1]) : "/");
    }

    /// <summary>Returns the URI without the password.</summary>
    public override string ToString() =>
        $"{(Tls ? "amqps" : "amqp")}://{Uri.EscapeDataString(User)}@{Host}:{Port}/"
        + (VirtualHost == "/" ? "" : Uri.EscapeDataString(VirtualHost));
}
