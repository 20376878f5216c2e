using System.Diagnostics.CodeAnalysis;
using Diabetes.Hosting.Configuration.Units;

namespace Diabetes.Hosting.Configuration;

/// <summary>The settings that every node has. Ranges and meaning are those of <c>hocon/reference.conf</c>.</summary>
public static class CommonSettings
{
    /// <summary>Null is the in-process broker, which the all-in-one alone has.</summary>
    public static readonly Setting<Uri?> AmqpUri = Setting.Parsed<Uri?>(
        "amqp.uri", "a URI such as amqp://host:5672/vhost, or amqps://.. for TLS", TryParseAmqp);

    public static readonly Setting<int> Prefetch = Setting.Integer("amqp.prefetch", 1, ushort.MaxValue);

    public static readonly Setting<int> PublishWindow = Setting.Integer("amqp.publish-window", 1, 100_000);

    public static readonly Setting<Topology> Topology = Setting.Choice(
        "amqp.topology", ("compatible", Configuration.Topology.Compatible), ("reliable", Configuration.Topology.Reliable));

    public static readonly Setting<TimeSpan> ReconnectInitial = Setting.Duration(
        "amqp.reconnect.initial", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));

    public static readonly Setting<TimeSpan> ReconnectLongest = Setting.Duration(
        "amqp.reconnect.longest", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));

    public static readonly Setting<string> TlsServerName = Setting.Text("amqp.tls.server-name");

    public static readonly Setting<string> TlsCaFile = Setting.Text("amqp.tls.ca-file");

    public static readonly Setting<long> MaxMessageSize = Setting.Size("wire.max-size", 64, 16 << 20);

    public static readonly Setting<bool> UnifyIds = Setting.Flag("wire.unify-ids");

    /// <summary>0 keeps unusable messages in the quarantine file alone.</summary>
    public static readonly Setting<int> SetAsideLimit = Setting.Integer("dead-letters.limit", 0, 100_000);

    public static readonly Setting<string> LogsPath = Setting.Parsed<string>("logs.path", "the path of a folder", TryParsePath);

    public static readonly Setting<TimeSpan> DrainTimeout = Setting.Duration("drain-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));

    /// <summary>These, the queues' and the store's.</summary>
    public static IReadOnlyList<ISetting> All { get; } = Setting.DeclaredIn(typeof(CommonSettings), typeof(QueueSettings), typeof(StoreSettings));

    /// <summary>A file in the folder for what a run leaves.</summary>
    public static string LogFile(this Settings settings, string name) => Path.Combine(settings.Get(LogsPath), name);

    /// <summary>The rule of a node that cannot use queues within its own process.</summary>
    public static readonly SettingRule NeedsBroker = static settings => settings.Get(AmqpUri) is null
        ? (AmqpUri, $"{AmqpUri.Expected}: this node has no queues within its own process")
        : null;

    /// <summary>What holds for every node.</summary>
    internal static IReadOnlyList<SettingRule> Rules { get; } =
    [
        static settings => settings.Get(ReconnectLongest) < settings.Get(ReconnectInitial)
            ? (ReconnectLongest, $"at least {ReconnectInitial.Path}, which is {Durations.Format(settings.Get(ReconnectInitial))}")
            : null,
    ];

    private static bool TryParseAmqp(string text, out Uri? value)
    {
        value = null;
        return text.Length == 0
               || (Uri.TryCreate(text, UriKind.Absolute, out value) && value is { Scheme: "amqp" or "amqps", Host.Length: > 0 });
    }

    internal static bool TryParseFileName(string text, [MaybeNullWhen(false)] out string value) =>
        TryParsePath(text, out value) && Path.GetFileName(text) == text && text is not ("." or "..");

    private static bool TryParsePath(string text, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return !string.IsNullOrWhiteSpace(text) && !text.Contains('\0');
    }
}
