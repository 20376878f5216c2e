using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Databases;

/// <summary>
/// Starts nodes that use PostgreSQL: they wait for what is missing, and what is wrong ends them with a message that says what to do.
/// </summary>
public sealed class PostgresStartTests(ITestOutputHelper output, DatabaseFixture databases) : StageTest(output)
{
    private static readonly string[] NoBroker = ["--amqp", "amqp://127.0.0.1:1"];

    [Fact]
    public async Task Start_ServerNotThereYet_IsWaitedForAndSaidOnce()
    {
        var database = await databases.CreateAsync();
        var config = await ConfigAsync(database.Configuration);
        await database.Server.StopAsync();
        TestProcess[] nodes;
        try
        {
            nodes = [Stage.Node("metric", [.. NoBroker, "--config", config]), Stage.Node("plot", [.. NoBroker, "--config", config])];
            await nodes[0].LineAsync("Could not write to the store: PostgreSQL at");
            await nodes[1].LineAsync("The picture is not updated, because the ledger cannot be reached: PostgreSQL at");
        }
        finally
        {
            await database.Server.StartAsync();
        }

        await nodes[0].LineAsync("Writing to the store works again");
        await nodes[1].LineAsync("Reading the ledger");
        await nodes[1].LineAsync("Drew an empty picture");
        await Task.WhenAll(nodes.Select(node => node.StopAsync()));
        Assert.All(nodes, node => Assert.Equal((node.Name, 1), (node.Name, node.Output.Count("is not reachable:"))));
    }

    [Theory]
    [InlineData("metric", 1, "nobody", "does not let this user in", "Correct user and password in metric.postgres.uri")]
    [InlineData("plot", 1, "nobody", "does not let this user in", "Correct user and password in metric.postgres.uri")]
    public async Task Start_LoginRefused_EndsTheNode(string name, int code, string user, params string[] said)
    {
        var database = await databases.CreateAsync();
        var config = await ConfigAsync((database with { Uri = new UriBuilder(database.Uri) { UserName = user }.Uri }).Configuration);

        await AssertEndsAsync(Stage.Node(name, [.. NoBroker, "--config", config]), code, said);
    }

    [Fact]
    public async Task Start_TablesOfALaterVersion_EndsTheNode()
    {
        var database = await databases.CreateAsync();
        await database.SqlAsync(
            "CREATE SCHEMA diabetes; "
            + "CREATE TABLE diabetes.state "
            + "(one boolean PRIMARY KEY, position bigint NOT NULL, late_rows bigint NOT NULL, format integer NOT NULL); "
            + "INSERT INTO diabetes.state VALUES (true, 0, 0, 9)");

        await AssertEndsAsync(
            Stage.Node("metric", [.. NoBroker, "--config", await ConfigAsync(database.Configuration)]),
            1,
            "The metric node cannot use the store.",
            "format 9",
            "metric.postgres.schema");
    }

    [Fact]
    public async Task Start_UriThatIsNone_NamesItsPlaceAndNotThePassword()
    {
        var config = await ConfigAsync(
            "metric {\n  store = postgres\n  postgres.uri = \"postgres://me:s3cret@localhost/db?colour=red\"\n}\n");
        var node = Stage.Node("metric", "--config", config);

        await AssertEndsAsync(node, 2, $"{config}:3: metric.postgres.uri = ", "expected a URI such as postgres://");
        Assert.Equal(0, node.Output.Count("s3cret"));
    }

    [Fact]
    public async Task Start_UriFromTheEnvironment_IsUsedAndItsPasswordKept()
    {
        var dll = Repository.Executable(NodeProjects.Of("metric"));
        await using var node = TestProcess.Start(
            "metric",
            "env",
            "DIABETES__METRIC__POSTGRES__URI=postgres://me:s3cret@127.0.0.1:1/errors",
            "dotnet",
            dll,
            "--logs",
            Stage.Logs,
            "--amqp",
            "amqp://127.0.0.1:1",
            "--set",
            "metric.store=postgres");

        await node.LineAsync("PostgreSQL at 127.0.0.1:1/errors is not reachable");
        await node.StopAsync();
        Assert.Equal(0, node.Output.Count("s3cret"));
    }

    private protected override Task<Stage> OpenAsync() => Task.FromResult(Stage.Open());

    private static async Task AssertEndsAsync(TestProcess node, int code, params string[] said)
    {
        Assert.Equal(code, await node.ExitAsync());
        Assert.All(said, part => Assert.Contains(part, $"{node.Output}", StringComparison.Ordinal));
    }

    private async Task<string> ConfigAsync(string text)
    {
        var file = Stage.File("postgres.conf");
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
