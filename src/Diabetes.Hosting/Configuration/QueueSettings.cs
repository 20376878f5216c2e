using System.Diagnostics.CodeAnalysis;
using System.Text;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp;

namespace Diabetes.Hosting.Configuration;

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

    /// <summary>Whether there are notifications at all: false sends none and consumes none.</summary>
    public static readonly Setting<bool> NotificationEnabled = Setting.Flag("queues.notification.enabled");

    /// <summary>The queue of rows.</summary>
    public static QueueDeclaration FeaturesQueue(this Settings settings) => Queue(settings, FeaturesName, FeaturesDurable);

    /// <summary>The queue of ground truth.</summary>
    public static QueueDeclaration TruthQueue(this Settings settings) => Queue(settings, TruthName, TruthDurable);

    /// <summary>The queue of predictions.</summary>
    public static QueueDeclaration PredictionQueue(this Settings settings) => Queue(settings, PredictionName, PredictionDurable);

    /// <summary>The queue of notifications.</summary>
    public static QueueDeclaration NotificationQueue(this Settings settings) => Queue(settings, NotificationName, NotificationDurable);

    /// <summary>How a queue is consumed.</summary>
    public static NamedQueueSourceSettings Source(this Settings settings, AmqpConnection connection, QueueDeclaration queue) =>
        NamedQueueSourceSettings.Create(connection, queue).WithPrefetch((ushort)settings.Get(CommonSettings.Prefetch));

    /// <summary>How a queue is published to.</summary>
    public static AmqpSinkSettings Sink(this Settings settings, AmqpConnection connection, QueueDeclaration queue) =>
        AmqpSinkSettings.Create(connection, queue).WithWindow(settings.Get(CommonSettings.PublishWindow));

    private static QueueDeclaration Queue(Settings settings, Setting<string> name, Setting<bool> durable) =>
        settings.Get(CommonSettings.Topology) == Topology.Reliable
            ? new QueueDeclaration(settings.Get(name)).WithDurable(true).WithKind(QueueKind.Quorum)
            : new QueueDeclaration(settings.Get(name)).WithDurable(settings.Get(durable));

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
