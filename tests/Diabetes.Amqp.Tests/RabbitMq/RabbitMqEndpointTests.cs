namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqEndpointTests
{
    [Theory]
    [InlineData("amqp://host", false, "host", 5672, "guest", "guest", "/")]
    [InlineData("amqps://host/", true, "host", 5671, "guest", "guest", "/")]
    [InlineData("amqp://me:p%40ss%3Aw@10.0.0.1:1234/%2F", false, "10.0.0.1", 1234, "me", "p@ss:w", "/")]
    [InlineData("amqp://me:x@[::1]:1234/team%2Fa", false, "::1", 1234, "me", "x", "team/a")]
    public void Parse_Uri_TakesItApart(string uri, bool tls, string host, int port, string user, string password, string virtualHost)
    {
        Assert.Equal(new RabbitMqEndpoint(tls, host, port, user, password, virtualHost), RabbitMqEndpoint.Parse(new Uri(uri)));
    }

    [Theory]
    [InlineData("http://host", "amqp://user:password@host")]
    [InlineData("amqp:///vhost", "amqp://user:password@host")]
    [InlineData("amqp://me:se:cret@host", "%3A")]
    [InlineData("amqp://me:secret@host/a/b", "%2F")]
    [InlineData("amqp://me:secret@host/a?heartbeat=5", "without a query")]
    public void Parse_UriThatCannotBeRight_SaysHowToWriteItAndNotThePassword(string uri, string says)
    {
        var fault = Assert.Throws<ArgumentException>(() => RabbitMqEndpoint.Parse(new Uri(uri)));

        Assert.Contains(says, fault.Message);
        Assert.DoesNotContain("cret", fault.Message);
    }

    [Fact]
    public void ToString_EndpointOrSettings_LeavesThePasswordOut()
    {
        var settings = new RabbitMqConnectionSettings { Uri = new Uri("amqp://me:secret@host/team"), ConnectionName = "metric" };

        Assert.Equal("metric at amqp://me@host:5672/team", settings.ToString());
    }
}
