using Akka.Configuration;
using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Settings;

public sealed class SettingsTests
{
    private static readonly ScriptedConnection Connection = new();

    [Fact]
    public void Source_FromConfig_HasWhatItSays()
    {
        var settings = NamedQueueSourceSettings.Create(
            Connection, ConfigurationFactory.ParseString("name = y_true, durable = true, prefetch = 65535"));

        Assert.Equal(new QueueDeclaration("y_true") { Durable = true }, settings.Queue);
        Assert.Equal(65_535, settings.Prefetch);
        Assert.Same(Connection, settings.Connection);
        Assert.Same(Connection.Reconnect, settings.Reconnect);
    }

    [Fact]
    public void Source_FromConfigWithANameAlone_HasTheDefaults() =>
        Assert.Equal(
            NamedQueueSourceSettings.Create(Connection, new QueueDeclaration("y_true")),
            NamedQueueSourceSettings.Create(Connection, ConfigurationFactory.ParseString("name = y_true")));

    [Theory]
    [InlineData("prefetch = 10")]
    [InlineData("name = \"\"")]
    [InlineData("name = q, prefetch = 0")]
    [InlineData("name = q, prefetch = -1")]
    [InlineData("name = q, prefetch = 65536")]
    public void Source_FromConfigThatCannotBeRight_Throws(string config) =>
        Assert.ThrowsAny<ArgumentException>(() => NamedQueueSourceSettings.Create(Connection, ConfigurationFactory.ParseString(config)));

    [Fact]
    public void Sink_FromConfig_PublishesToAQueueOfItsOwn()
    {
        var settings = AmqpSinkSettings.Create(Connection, ConfigurationFactory.ParseString("name = y_pred, durable = true"));

        Assert.Equal(new QueueDeclaration("y_pred") { Durable = true }, settings.Declaration);
        Assert.Equal(("", "y_pred", 2000), (settings.Exchange, settings.RoutingKey, settings.Window));
    }

    [Fact]
    public void With_AnyOfThem_LeavesTheOriginalAsItIs()
    {
        var pauses = RestartSettings.Create(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), randomFactor: 0);
        var sink = AmqpSinkSettings.Create(Connection);
        var changed = sink.WithExchange("amq.topic")
            .WithRoutingKey("key").WithWindow(1).WithReconnect(pauses).WithDeclaration(new QueueDeclaration("q"));
        var queue = new QueueDeclaration("q").WithDurable(true).WithKind(QueueKind.Quorum);
        var source = NamedQueueSourceSettings.Create(Connection, queue).WithPrefetch(1).WithReconnect(pauses);

        Assert.Equal(AmqpSinkSettings.Create(Connection), sink);
        Assert.Equal(("amq.topic", "key", 1, pauses, "q"), (
            changed.Exchange, changed.RoutingKey, changed.Window, changed.Reconnect, changed.Declaration!.Name));
        Assert.Equal((true, QueueKind.Quorum, 1, pauses), (source.Queue.Durable, source.Queue.Kind, source.Prefetch, source.Reconnect));
        Assert.Throws<ArgumentOutOfRangeException>(() => sink.WithWindow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.WithPrefetch(0));
    }
}
