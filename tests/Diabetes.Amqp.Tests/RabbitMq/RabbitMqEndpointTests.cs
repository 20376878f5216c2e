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
    [InlineData("amqp://me:secret@host/a/", "%2F")]
    [InlineData("amqp://me:5/cret@host", "percent-encoded")]
    [InlineData("amqp://me:5?cret@host", "percent-encoded")]
    [InlineData("amqp://me:5#cret@host", "percent-encoded")]
    [InlineData("amqp://me:secret@host?channel_max=5", "channel_max")]
    [InlineData("amqp://me:secret@host?heartbeat=-1", "from 1 to 65535")]
    [InlineData("amqp://me:secret@host?connection_timeout", "milliseconds")]
    public void Parse_UriThatCannotBeRight_SaysHowToWriteItAndNotThePassword(string uri, string says)
    {
        var fault = Assert.Throws<ArgumentException>(() => RabbitMqEndpoint.Parse(new Uri(uri)));

        Assert.StartsWith("amqp.uri: ", fault.Message);
        Assert.Contains(says, fault.Message);
        Assert.DoesNotContain("cret", fault.Message);
    }

    [Theory]
    [InlineData("amqp://host//", "/", null, null, "")]
    [InlineData("amqp://host/?heartbeat=60&connection_attempts=3", "/", 60, null, "connection_attempts")]
    [InlineData("amqp://host/v?connection_timeout=1500&a=1&b", "v", null, 1500, "a, b")]
    public void Parse_Parameters_AreTakenOrNamed(string uri, string virtualHost, int? seconds, int? milliseconds, string ignored)
    {
        var endpoint = RabbitMqEndpoint.Parse(new Uri(uri));

        Assert.Equal(
            (virtualHost, seconds, milliseconds, ignored),
            (endpoint.VirtualHost, endpoint.Heartbeat?.TotalSeconds, endpoint.ConnectTimeout?.TotalMilliseconds, endpoint.Ignored));
    }

    [Fact]
    public void ToString_EndpointOrSettings_LeavesThePasswordOut()
    {
        var settings = new RabbitMqConnectionSettings { Uri = new Uri("amqp://me:secret@host/team"), ConnectionName = "metric" };

        Assert.Equal("metric at amqp://me@host:5672/team", settings.ToString());
    }
}
