using Diabetes.Features;
using Diabetes.Hosting.Configuration;
using Diabetes.Metric;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

public sealed class OutOfRangeTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("amqp.prefetch", "0", "a whole number from 1 to 65535")]
    [InlineData("amqp.prefetch", "65536", "a whole number from 1 to 65535")]
    [InlineData("amqp.publish-window", "100001", "a whole number from 1 to 100000")]
    [InlineData("amqp.reconnect.initial", "1ms", "a duration (500ms, 2s, 5m) from 10ms to 10m")]
    [InlineData("amqp.reconnect.longest", "11m", "a duration (500ms, 2s, 5m) from 10ms to 10m")]
    [InlineData("wire.max-size", "63", "a size (512B, 64KiB, 1MB) from 64B to 16MiB")]
    [InlineData("wire.max-size", "17MB", "a size (512B, 64KiB, 1MB) from 64B to 16MiB")]
    [InlineData("drain-timeout", "999ms", "a duration (500ms, 2s, 5m) from 1s to 10m")]
    [InlineData("queues.y-true.name", "", "the name of a queue: 1 to 250 bytes, not beginning with \"amq.\"")]
    [InlineData("queues.y-true.name", "amq.mine", "the name of a queue: 1 to 250 bytes, not beginning with \"amq.\"")]
    [InlineData("logs.path", "", "the path of a folder")]
    [InlineData("metric.ledger.file", "", "the name of a file, without a folder and of at most 200 bytes")]
    [InlineData("metric.ledger.file", "../metric_log.csv", "the name of a file, without a folder and of at most 200 bytes")]
    [InlineData("metric.store", "mysql", "\"sqlite\" or \"postgres\"")]
    [InlineData("metric.postgres.schema", "Mine", "the name of a schema: small letters, digits and underscores, at most 51")]
    [InlineData("metric.models", "a, a", "names of models between commas, each once and without quotes, or nothing")]
    public void Check_ValueOutside_NamesTheRange(string path, string value, string expected) => Assert.Equal(
        [$"option --set {path}: {path} = \"{value}\"; expected {expected}"],
        _folder.Problems("metric", [], "--set", $"{path}={value}"));

    [Theory]
    [InlineData("metric.ledger.rotate-size", "2TiB", "a size (512B, 64KiB, 1MB) from 0B to 1TiB")]
    [InlineData("metric.ledger.rotate-size", "-1", "a size (512B, 64KiB, 1MB) from 0B to 1TiB")]
    [InlineData("metric.ledger.rotate-every", "hour", "\"never\" or \"day\"")]
    public void Check_ValueOfTheMetricNodeOutside_NamesTheRange(string path, string value, string expected) => Assert.Equal(
        [$"option --set {path}: {path} = \"{value}\"; expected {expected}"],
        _folder.Problems("metric", Setting.DeclaredIn(typeof(MetricSettings)), "--set", $"{path}={value}"));

    [Theory]
    [InlineData("features.notify-interval", "25h", "a duration (500ms, 2s, 5m) from 0s to 1d")]
    [InlineData("features.notify-interval", "-1ms", "a duration (500ms, 2s, 5m) from 0s to 1d")]
    public void Check_ValueOfTheFeaturesNodeOutside_NamesTheRange(string path, string value, string expected) => Assert.Equal(
        [$"option --set {path}: {path} = \"{value}\"; expected {expected}"],
        _folder.Problems("features", Setting.DeclaredIn(typeof(FeaturesSettings)), "--set", $"{path}={value}"));

    [Theory]
    [InlineData("amqp.prefetch", "65535")]
    [InlineData("wire.max-size", "16777216")]
    [InlineData("wire.max-size", "64")]
    [InlineData("drain-timeout", "10 minutes")]
    public void Check_ValueOnTheEdge_IsTaken(string path, string value) => _folder.Check("metric", "--set", $"{path}={value}");

    [Fact]
    public void Check_NoBroker_IsForTheAllInOneAlone()
    {
        Assert.Equal(
            ["option --set amqp.uri: amqp.uri = \"\"; expected a URI such as amqp://host:5672/vhost, or amqps://.. for TLS, "
             + "because this program needs a broker"],
            _folder.Problems("metric", [], "--set", "amqp.uri="));
        _folder.Check("all-in-one", "--set", "amqp.uri=");
    }

    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("http://localhost/db", "http://localhost/db")]
    [InlineData("postgres://localhost", "postgres://localhost")]
    [InlineData("postgres://me:s3cret@localhost", "postgres://me:***@localhost")]
    [InlineData("postgres://me:s3cret@localhost/db?colour=red", "postgres://me:***@localhost/db?colour=red")]
    public void Check_DatabaseThatIsNone_IsRefusedWithoutItsPassword(string uri, string shown) => Assert.Equal(
        [
            $"option --set metric.postgres.uri: metric.postgres.uri = \"{shown}\"; "
            + "expected a URI such as postgres://user:***@host:5432/database",
        ],
        _folder.Problems("metric", [], "--set", $"metric.postgres.uri={uri}"));

    [Theory]
    [InlineData("metric")]
    [InlineData("plot")]
    [InlineData("all-in-one")]
    public void Check_PostgresWithoutADatabase_IsRefusedByWhoeverUsesIt(string node)
    {
        var problem = Assert.Single(_folder.Problems(node, [], "--set", "metric.store=postgres"));
        Assert.Contains(
            "metric.postgres.uri = \"\"; expected the database, because metric.store is \"postgres\"",
            problem,
            StringComparison.Ordinal);
        Assert.Contains("DIABETES__METRIC__POSTGRES__URI", problem, StringComparison.Ordinal);
        _folder.Check("model", "--set", "metric.store=postgres");
    }

    [Fact]
    public void Check_LongestPauseShorterThanTheFirst_IsRefused() => Assert.Equal(
        [
            "option --set amqp.reconnect.longest: amqp.reconnect.longest = \"100ms\"; "
            + "expected at least amqp.reconnect.initial, which is 200ms",
        ],
        _folder.Problems("metric", [], "--set", "amqp.reconnect.longest=100ms"));

    [Fact]
    public void Invalid_ValueThatIsWrongWithOthers_NamesItsPlace()
    {
        _folder["metric.conf"] = "amqp.reconnect.longest = 100ms";

        Assert.Equal(
            $"{_folder.At("metric.conf")}:1: amqp.reconnect.longest = \"100ms\"; expected at least amqp.reconnect.initial",
            _folder.Load("metric").Invalid(AmqpSettings.ReconnectLongest, "at least amqp.reconnect.initial").Message);
    }
}
