using Akka.Streams;
using Diabetes.Amqp;
using Diabetes.Amqp.Settings;
using Diabetes.Hosting.Configuration.Units;

namespace Diabetes.Hosting.Configuration;

/// <summary>The <c>amqp.*</c> keys, and what a connection, a source and a sink are made with.</summary>
public static class AmqpSettings
{
    /// <summary>Where the broker is. Null stands for queues within the process.</summary>
    public static readonly Setting<Uri?> Uri = Setting.Parsed<Uri?>(
        "amqp.uri", "a URI such as amqp://host:5672/vhost, or amqps://.. for TLS", TryParse);

    /// <summary>The largest number of unsettled deliveries of one queue.</summary>
    public static readonly Setting<int> Prefetch = Setting.Integer("amqp.prefetch", 1, ushort.MaxValue);

    /// <summary>The largest number of messages to one queue that the broker has not confirmed.</summary>
    public static readonly Setting<int> PublishWindow = Setting.Integer("amqp.publish-window", 1, 100_000);

    /// <summary>Which kind of queue a node declares.</summary>
    public static readonly Setting<Topology> Topology = Setting.Choice(
        "amqp.topology", ("compatible", Configuration.Topology.Compatible), ("reliable", Configuration.Topology.Reliable));

    /// <summary>Pause before the second try to reach the broker.</summary>
    public static readonly Setting<TimeSpan> ReconnectInitial = Setting.Duration(
        "amqp.reconnect.initial", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));

    /// <summary>Longest pause between two tries.</summary>
    public static readonly Setting<TimeSpan> ReconnectLongest = Setting.Duration(
        "amqp.reconnect.longest", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));

    /// <summary>The name that the broker's certificate must have. Empty means the host of the URI.</summary>
    public static readonly Setting<string> TlsServerName = Setting.Text("amqp.tls.server-name");

    /// <summary>The file of the authorities that may sign the broker's certificate. Empty means those of the system.</summary>
    public static readonly Setting<string> TlsCaFile = Setting.Text("amqp.tls.ca-file");

    /// <summary>Requires a broker. For nodes that cannot use queues within their own process.</summary>
    public static readonly SettingRule NeedsBroker = static settings => settings.Get(Uri) is null ? (Uri, ExpectedBroker) : null;

    /// <summary>Requires that the longest pause is not shorter than the first.</summary>
    internal static readonly SettingRule PausesGrow = static settings => settings.Get(ReconnectLongest) < settings.Get(ReconnectInitial)
        ? (ReconnectLongest, $"at least {ReconnectInitial.Path}, which is {Durations.Format(settings.Get(ReconnectInitial))}")
        : null;

    private static string ExpectedBroker => $"{Uri.Expected}, because this program needs a broker";

    /// <summary>Says how to reach the RabbitMQ of <c>amqp.uri</c>.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="name">Names this program in the broker's list of connections, as <c>diabetes-NAME@MACHINE</c>.</param>
    /// <exception cref="SettingsException"><c>amqp.uri</c> is empty.</exception>
    public static RabbitMqConnectionSettings RabbitMq(this Settings settings, string name) => new()
    {
        Uri = settings.Get(Uri) ?? throw settings.Invalid(Uri, ExpectedBroker),
        ConnectionName = $"diabetes-{name}@{Environment.MachineName}",
        Reconnect = RestartSettings.Create(settings.Get(ReconnectInitial), settings.Get(ReconnectLongest), randomFactor: 0.5),
        TlsServerName = settings.Get(TlsServerName),
        TlsCaFile = settings.Get(TlsCaFile),
    };

    /// <summary>Says how to consume a queue.</summary>
    public static NamedQueueSourceSettings Source(this Settings settings, AmqpConnection connection, QueueDeclaration queue) =>
        NamedQueueSourceSettings.Create(connection, queue).WithPrefetch((ushort)settings.Get(Prefetch));

    /// <summary>Says how to publish to a queue.</summary>
    public static AmqpSinkSettings Sink(this Settings settings, AmqpConnection connection, QueueDeclaration queue) =>
        AmqpSinkSettings.Create(connection, queue).WithWindow(settings.Get(PublishWindow));

    private static bool TryParse(string text, out Uri? value)
    {
        value = null;
        return text.Length == 0
               || (System.Uri.TryCreate(text, UriKind.Absolute, out value) && value is { Scheme: "amqp" or "amqps", Host.Length: > 0 });
    }
}

/// <summary>Which kind of queue a node declares.</summary>
public enum Topology
{
    /// <summary>
    /// Classic, without arguments, durable where <c>queues.*.durable</c> says so: services of any language declare the same.
    /// </summary>
    Compatible,

    /// <summary>Durable quorum queues: they survive a restart of the broker and the loss of one machine of its cluster.</summary>
    Reliable,
}
