namespace Diabetes.Streams.Tests;

public sealed class RabbitMqAccessTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Fact]
    public async Task Broker_WrongPassword_IsRefusedInClearWordsWithoutThePassword()
    {
        Options = Options with { Uri = new UriBuilder(Server.Uri) { Password = "open-sesame" }.Uri };
        var queue = NewQueue();

        var fromSource = await Assert.ThrowsAsync<BrokerRefusedException>(() => StartAsync(queue, new Inbox()));
        var sink = Sink(queue);
        var fromSink = await Assert.ThrowsAsync<BrokerRefusedException>(async () =>
        {
            await sink.PublishAsync("x", null, None);
            await sink.FlushAsync(None);
        });

        Assert.Contains("does not accept user 'guest'", fromSource.Message);
        Assert.Contains("amqp.uri", fromSink.Message);
        Assert.DoesNotContain("sesame", $"{fromSource} {fromSink} {Options} {string.Join(' ', Log.Entries)}");
        await Assert.ThrowsAsync<BrokerRefusedException>(async () => await sink.PublishAsync("y", null, None));
    }

    [Fact]
    public async Task Broker_UnknownVirtualHost_IsRefusedInClearWords()
    {
        Options = Options with { Uri = new Uri(Server.Uri, "/nowhere") };

        var refused = await Assert.ThrowsAsync<BrokerRefusedException>(() => StartAsync(NewQueue(), new Inbox()));

        Assert.Contains("virtual host 'nowhere'", refused.Message);
    }

    [Fact]
    public async Task Broker_NoPermissionOnTheQueue_IsRefusedInClearWords()
    {
        await Server.ControlAsync("add_user", "reader", "only");
        await Server.ControlAsync("set_permissions", "reader", "nothing", "nothing", "nothing");
        Options = Options with { Uri = new UriBuilder(Server.Uri) { UserName = "reader", Password = "only" }.Uri };

        var refused = await Assert.ThrowsAsync<BrokerRefusedException>(() => StartAsync(NewQueue(), new Inbox()));

        Assert.Contains("does not permit this to user 'reader'", refused.Message);
    }

    [Fact]
    public async Task Tls_AuthorityNamed_IsSpoken()
    {
        Options = Options with { Uri = Server.TlsUri, Tls = new RabbitMqTls { CaFile = Server.CaFile } };
        var queue = NewQueue();
        var inbox = new Inbox();
        await StartAsync(queue, inbox);

        await PublishAsync(Sink(queue), ["in private"]);

        Assert.Equal("in private", Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Tls_AuthorityUnknown_IsRefusedInClearWords()
    {
        Options = Options with { Uri = Server.TlsUri };

        var refused = await Assert.ThrowsAsync<BrokerRefusedException>(() => StartAsync(NewQueue(), new Inbox()));

        Assert.Contains("is not trusted", refused.Message);
        Assert.Contains("amqp.tls.ca-file", refused.Message);
    }

    [Fact]
    public async Task Tls_CertificateOfAnotherName_IsRefusedUnlessTheNameIsGiven()
    {
        var uri = new UriBuilder(Server.TlsUri) { Host = "127.0.0.1" }.Uri;
        var byAddress = Options with { Uri = uri, Tls = new RabbitMqTls { CaFile = Server.CaFile } };
        await using (var refusing = new RabbitMqBroker(byAddress, TimeProvider.System, Log))
        {
            await using var source = refusing.Source(NewQueue(), Inbox.Decode);
            await Assert.ThrowsAsync<BrokerRefusedException>(() => source.StartAsync(static _ => { }, None));
        }

        Options = byAddress with { Tls = byAddress.Tls with { ServerName = "localhost" } };
        await StartAsync(NewQueue(), new Inbox());
    }

    [Theory]
    [InlineData("/no/such/file.pem", "cannot be read")]
    [InlineData("", "holds no certificate")]
    public void Tls_AuthorityFileUnusable_IsAnErrorAtOnce(string caFile, string says)
    {
        var empty = Path.GetTempFileName();
        try
        {
            var options = Options with { Uri = Server.TlsUri, Tls = new RabbitMqTls { CaFile = caFile.Length > 0 ? caFile : empty } };
            Assert.Contains(says, Assert.Throws<ArgumentException>(() => new RabbitMqBroker(options, TimeProvider.System, Log)).Message);
        }
        finally
        {
            File.Delete(empty);
        }
    }
}
