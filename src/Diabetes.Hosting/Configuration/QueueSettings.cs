using System.Diagnostics.CodeAnalysis;
using System.Text;
using Diabetes.Amqp.Settings;

namespace Diabetes.Hosting.Configuration;

/// <summary>The <c>queues.*</c> keys: how each of the four queues is called and declared.</summary>
public static class QueueSettings
{
    /// <summary>Name of the queue of rows.</summary>
    public static readonly Setting<string> FeaturesName = Name("features");

    /// <summary>Whether the queue of rows is declared durable.</summary>
    public static readonly Setting<bool> FeaturesDurable = Durable("features");

    /// <summary>Name of the queue of labels.</summary>
    public static readonly Setting<string> TruthName = Name("y-true");

    /// <summary>Whether the queue of labels is declared durable.</summary>
    public static readonly Setting<bool> TruthDurable = Durable("y-true");

    /// <summary>Name of the queue of predictions.</summary>
    public static readonly Setting<string> PredictionName = Name("y-pred");

    /// <summary>Whether the queue of predictions is declared durable.</summary>
    public static readonly Setting<bool> PredictionDurable = Durable("y-pred");

    /// <summary>Name of the queue of notifications.</summary>
    public static readonly Setting<string> NotificationName = Name("notification");

    /// <summary>Whether the queue of notifications is declared durable.</summary>
    public static readonly Setting<bool> NotificationDurable = Durable("notification");

    /// <summary>Whether notifications are sent and consumed.</summary>
    public static readonly Setting<bool> NotificationEnabled = Setting.Flag("queues.notification.enabled");

    /// <summary>Declares the queue of rows.</summary>
    public static QueueDeclaration FeaturesQueue(this Settings settings) => Queue(settings, FeaturesName, FeaturesDurable);

    /// <summary>Declares the queue of labels.</summary>
    public static QueueDeclaration TruthQueue(this Settings settings) => Queue(settings, TruthName, TruthDurable);

    /// <summary>Declares the queue of predictions.</summary>
    public static QueueDeclaration PredictionQueue(this Settings settings) => Queue(settings, PredictionName, PredictionDurable);

    /// <summary>Declares the queue of notifications.</summary>
    public static QueueDeclaration NotificationQueue(this Settings settings) => Queue(settings, NotificationName, NotificationDurable);

    private static QueueDeclaration Queue(Settings settings, Setting<string> name, Setting<bool> durable) =>
        settings.Get(AmqpSettings.Topology) == Topology.Reliable
            ? new QueueDeclaration(settings.Get(name)).WithDurable(true).WithKind(QueueKind.Quorum)
            : new QueueDeclaration(settings.Get(name)).WithDurable(settings.Get(durable));

    private static Setting<bool> Durable(string queue) => Setting.Flag($"queues.{queue}.durable");

    // A name in AMQP has at most 255 bytes, and the queue of set-aside messages adds ".dead" to it. The broker reserves names that begin
    // with "amq.".
    private static Setting<string> Name(string queue) => Setting.Parsed(
        $"queues.{queue}.name",
        "the name of a queue: 1 to 250 bytes, not beginning with \"amq.\"",
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = text;
            return text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= 250 && !text.StartsWith("amq.", StringComparison.Ordinal);
        });
}
