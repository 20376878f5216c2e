using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("amqp://guest:guest@localhost:5672/v", "amqp://guest:***@localhost:5672/v")]
    [InlineData("amqps://user:p@ss:w0rd@host", "amqps://user:***@host")]
    [InlineData("amqp://:secret@host", "amqp://:***@host")]
    [InlineData("amqp://user:@host", "amqp://user:***@host")]
    [InlineData("amqp://a:b@one and amqp://c:d@two", "amqp://a:***@one and amqp://c:***@two")]
    [InlineData("amqp://user@host:5672", "amqp://user@host:5672")]
    [InlineData("amqp://host:5672/a@b", "amqp://host:5672/a@b")]
    [InlineData("postgres://me:pa/ss?w@rd@host/db", "postgres://me:***@host/db")]
    [InlineData("postgres://me@host/db?sslmode=require&password=s3cret&x=y", "postgres://me@host/db?sslmode=require&password=***&x=y")]
    [InlineData("postgres://me@host/db?psw=s3cret&sslpassword=k3y", "postgres://me@host/db?psw=***&sslpassword=***")]
    [InlineData(
        "postgres://me@host/db?SSL%20Password=k3y&SSL+Password=k3y&SSL Password=k3y",
        "postgres://me@host/db?SSL%20Password=***&SSL+Password=***&SSL Password=***")]
    [InlineData("postgres://me@host/db?%50assword=s3cret&p%73w=s3cret", "postgres://me@host/db?%50assword=***&p%73w=***")]
    [InlineData("user:s3cret@host:5672", "user:***@host:5672")]
    [InlineData("amqp:/user:s3cret@host", "amqp:***@host")]
    [InlineData("amqp//user:s3cret@host", "amqp//user:***@host")]
    [InlineData("'--ampq=user:s3/cr@et@host'", "'--ampq=user:***@host'")]
    [InlineData("me@example.org: hello", "me@example.org: hello")]
    public void Mask_Text_HidesPasswordsOfUris(string text, string masked) => Assert.Equal(masked, Secrets.Mask(text));

    [Theory]
    [InlineData("amqp://user:se cr\"et@host", "amqp://user:***@host")]
    [InlineData("amqp://user:se/cret@host:1/v", "amqp://user:***@host:1/v")]
    [InlineData("amqp://user:s@cr@host", "amqp://user:***@host")]
    [InlineData("amqp://user:secret", "amqp://user:***")]
    [InlineData("amqp://user:12secret/v", "amqp://user:***")]
    [InlineData("amqp://host:5672/v", "amqp://host:5672/v")]
    [InlineData("http://host", "http://host")]
    public void MaskUri_NotEncoded_HidesUpToTheLastAt(string value, string masked) => Assert.Equal(masked, Secrets.MaskUri(value));

    [Theory]
    [InlineData("--amqp", "amqp://me:s3cret@host", true)]
    [InlineData("--set", "metric.postgres.uri=postgres://me@host/db?password=s3cret", true)]
    [InlineData("--amqp", "amqp://guest:guest@host", false)]
    [InlineData("--amqp", "amqp://me@host:5672/a@b", false)]
    [InlineData("--amqp", "me:s3cret@host", true)]
    [InlineData("--config", "/data/a:b@c.conf", false)]
    public void Seen_Arguments_TellsWhetherAPasswordIsInThem(string option, string value, bool seen) =>
        Assert.Equal(seen, Secrets.Seen([option, value]) is not null);
}
