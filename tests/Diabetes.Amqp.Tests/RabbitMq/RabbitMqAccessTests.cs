using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RabbitMqAccessTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    [Fact]
    public async Task Broker_WrongPassword_IsRefusedInClearWordsWithoutThePassword()
    {
        Settings = Settings with { Uri = new UriBuilder(Server.Uri) { Password = "open-sesame" }.Uri };
        var control = Consume(NewQueue(), new Inbox());

        var fromSource = await RefusedAsync(control.StreamCompletion);
        var fromSink = await RefusedAsync(PublishAsync(NewQueue(), ["x"]));

        Assert.Contains("does not accept user 'guest'", fromSource.Message, StringComparison.Ordinal);
        Assert.Contains("amqp.uri", fromSink.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", $"{fromSource} {fromSink} {Settings} {string.Join(' ', Logged.Entries)}", StringComparison.Ordinal);
        await Task.WhenAll(control.Stop(), control.IsShutdown, control.Shutdown()).WaitAsync(SafetyNet);
    }

    [Fact]
    public async Task Broker_UnknownVirtualHost_IsRefusedInClearWords()
    {
        Settings = Settings with { Uri = new Uri(Server.Uri, "/nowhere") };

        var refused = await RefusedAsync(Consume(NewQueue(), new Inbox()).StreamCompletion);

        Assert.Contains("virtual host 'nowhere'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_NoPermissionOnTheQueue_IsRefusedInClearWords()
    {
        await Server.ControlAsync("add_user", "reader", "only");
        await Server.ControlAsync("set_permissions", "reader", "nothing", "nothing", "nothing");
        Settings = Settings with { Uri = new UriBuilder(Server.Uri) { UserName = "reader", Password = "only" }.Uri };

        var refused = await RefusedAsync(Consume(NewQueue(), new Inbox()).StreamCompletion);

        Assert.Contains("does not permit this to user 'reader'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_NoPermissionToConfigure_UsesTheQueueAsItIsAndSaysSoOnce()
    {
        var (queue, missing) = (NewQueue(), NewQueue());
        await Pika.RunAsync(Server.Uri, $"channel.queue_declare(queue='{queue.Name}')");
        await Server.ControlAsync("add_user", "worker", "only");
        await Server.ControlAsync("set_permissions", "worker", "^$", ".*", ".*");
        Settings = Settings with { Uri = new UriBuilder(Server.Uri) { UserName = "worker", Password = "only" }.Uri };
        var inbox = Inbox.Committing();
        Consume(queue, inbox);

        await PublishAsync(queue, ["as it is"]);

        Assert.Equal("as it is", Assert.Single(await inbox.WaitForAsync(1)).Payload);
        await Logged.WaitForAsync(1023, 2);
        Assert.False(await Connection.TryDeclareAsync(missing, None));
        Assert.Null(await Connection.InspectAsync(missing.Name, None));
        Assert.Equal(2, Logged.Count(1023));

        await Server.ControlAsync("set_permissions", "worker", ".*", ".*", ".*");
        Assert.True(await Connection.TryDeclareAsync(missing, None));
        Assert.NotNull(await Connection.InspectAsync(missing.Name, None));
    }

    [Fact]
    public async Task Tls_PlainPort_IsSaidAndNoCertificateIsBlamed()
    {
        Settings = Settings with { Uri = new UriBuilder(Server.Uri) { Scheme = "amqps" }.Uri };

        var refused = await RefusedAsync(Consume(NewQueue(), new Inbox()).StreamCompletion);

        Assert.Contains("If this port does not speak TLS", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_AuthorityNamed_IsSpoken()
    {
        Settings = Settings with { Uri = Server.TlsUri, TlsCaFile = Server.CaFile };
        var queue = NewQueue();
        var inbox = new Inbox();
        Consume(queue, inbox);

        await PublishAsync(queue, ["in private"]);

        Assert.Equal("in private", Assert.Single(await inbox.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Tls_AuthorityUnknown_IsRefusedInClearWords()
    {
        Settings = Settings with { Uri = Server.TlsUri };

        var refused = await RefusedAsync(Consume(NewQueue(), new Inbox()).StreamCompletion);

        Assert.Contains("is not trusted", refused.Message, StringComparison.Ordinal);
        Assert.Contains("amqp.tls.ca-file", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    public async Task Tls_CertificateOfAnotherName_IsRefusedUnlessTheNameIsGiven(string name)
    {
        Settings = Settings with
        {
            Uri = new UriBuilder(
            Server.TlsUri)
            { Host = "127.0.0.1" }.Uri,
            TlsCaFile = Server.CaFile,
            TlsServerName = name
        };
        var queue = NewQueue();

        if (name.Length == 0)
        {
            await RefusedAsync(Consume(queue, new Inbox()).StreamCompletion);
        }
        else
        {
            await PublishAsync(queue, ["x"]);
        }
    }

    [Theory]
    [InlineData("/no/such/file.pem", "cannot be read")]
    [InlineData("", "holds no certificate")]
    public void Tls_AuthorityFileUnusable_IsAnErrorAtOnce(string caFile, string says)
    {
        var empty = Path.GetTempFileName();
        try
        {
            var settings = Settings with { Uri = Server.TlsUri, TlsCaFile = caFile.Length > 0 ? caFile : empty };
            var fault = Assert.Throws<ArgumentException>(() => new RabbitMqConnection(settings, TimeProvider.System, Logged));
            Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(empty);
        }
    }

    private static Task<AmqpRefusedException> RefusedAsync(Task stream) =>
        Assert.ThrowsAsync<AmqpRefusedException>(() => stream.WaitAsync(SafetyNet));
}
