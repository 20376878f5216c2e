using System.Diagnostics.CodeAnalysis;
using System.Text;
using Diabetes.Streams;

namespace Diabetes.Hosting;

/// <summary>The four queues as the configuration names them.</summary>
public static class QueueSettings
{
    public static readonly Setting<string> FeaturesName = Name("features");
    public static readonly Setting<bool> FeaturesDurable = Durable("features");
    public static readonly Setting<string> TruthName = Name("y-true");
    public static readonly Setting<bool> TruthDurable = Durable("y-true");
    public static readonly Setting<string> PredictionName = Name("y-pred");
    public static readonly Setting<bool> PredictionDurable = Durable("y-pred");
    public static readonly Setting<string> NotificationName = Name("notification");
    public static readonly Setting<bool> NotificationDurable = Durable("notification");

    public static QueueSpec FeaturesQueue(this Settings settings) => Queue(settings, FeaturesName, FeaturesDurable);

    public static QueueSpec TruthQueue(this Settings settings) => Queue(settings, TruthName, TruthDurable);

    public static QueueSpec PredictionQueue(this Settings settings) => Queue(settings, PredictionName, PredictionDurable);

    public static QueueSpec NotificationQueue(this Settings settings) => Queue(settings, NotificationName, NotificationDurable);

    private static QueueSpec Queue(Settings settings, Setting<string> name, Setting<bool> durable) =>
        settings.Get(CommonSettings.Topology) == Topology.Reliable
            ? new(settings.Get(name), Durable: true, (ushort)settings.Get(CommonSettings.Prefetch), QueueKind.Quorum)
            : new(settings.Get(name), settings.Get(durable), (ushort)settings.Get(CommonSettings.Prefetch));

    private static Setting<bool> Durable(string queue) => Setting.Flag($"queues.{queue}.durable");

    // AMQP's short string is 255 bytes, and the queue of dead letters needs some of them. Names that begin with "amq." are the broker's own.
    private static Setting<string> Name(string queue) => Setting.Parsed(
        $"queues.{queue}.name",
        "the name of a queue: 1 to 250 bytes, not beginning with \"amq.\"",
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = text;
            return text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= 250 && !text.StartsWith("amq.", StringComparison.Ordinal);
        });
}
