using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Startup;

/// <summary>What cannot be used is refused before anything is made, in words that name it, its place and what was expected.</summary>
public sealed class BadStartTests(ITestOutputHelper output) : StageTest(output)
{
    [Theory]
    [InlineData("all-in-one", "--bogus 3", "command line", "'--bogus'")]
    [InlineData("all-in-one", "--rate", "command line", "'--rate'")]
    [InlineData("metric", "--rate 3", "command line", "'--rate'", "Try --help")]
    [InlineData("all-in-one", "--set metric.shard=3", "option --set metric.shard", "no key metric.shard", "did you mean metric.shards?")]
    [InlineData("all-in-one", "--set metric.shards=0", "option --set metric.shards", "\"0\"", "a whole number from 1 to 1024")]
    [InlineData("all-in-one", "--rate -5", "option --rate", "features.rate = \"-5\"", "a number from 0 to 1000000")]
    [InlineData("features", "--label-delay later", "option --label-delay", "features.label-delay = \"later\"", "a duration")]
    [InlineData("model", "--amqp localhost", "option --amqp", "amqp.uri = \"localhost\"", "a URI such as amqp://")]
    [InlineData("metric", "--set metric.ledger.delimiter=x", "metric.ledger.delimiter = \"x\"", "expected \",\", \";\"")]
    [InlineData(
        "all-in-one",
        "--set features.dataset=/nowhere/rows.csv",
        "features.dataset",
        "/nowhere/rows.csv",
        "Name a CSV file with a header")]
    [InlineData("metric", "--amqp amqp://127.0.0.1/two/parts", "amqp.uri: ", "virtual host", "%2F")]
    [InlineData("plot", "--amqp amqp://user:pass:word@127.0.0.1", "amqp.uri: ", "%3A")]
    [InlineData("model", "--amqp amqps://127.0.0.1 --set amqp.tls.ca-file=/nowhere/ca.pem", "amqp.tls.ca-file: ", "/nowhere/ca.pem")]
    [InlineData("model", "--set model.file=/nowhere/model.json", "model.file", "/nowhere/model.json", "diabetes train")]
    [InlineData("all-in-one", "--config /nowhere/my.conf", "/nowhere/my.conf")]
    public async Task Start_Unusable_IsRefused(string name, string arguments, params string[] said)
    {
        var node = Stage.NodeAsItIs(name, ["--logs", Stage.Logs, .. arguments.Split(' ')]);

        await AssertRefusedAsync(node, said);
    }

    [Fact]
    public async Task Start_UnusableEnvironment_NamesTheVariable()
    {
        var dll = Repository.Executable(NodeProjects.Of("all-in-one"));
        await using var node = TestProcess.Start("all-in-one", "env", "DIABETES__FEATURES__RATE=fast", "dotnet", dll, "--logs", Stage.Logs);

        await AssertRefusedAsync(node, "DIABETES__FEATURES__RATE", "features.rate = \"fast\"", "a number from 0 to 1000000");
    }

    [Fact]
    public async Task Start_UnusableFile_NamesFileAndLineOfEveryProblem()
    {
        var file = Stage.File("my.conf");
        await File.WriteAllTextAsync(file, "features {\n  rate = fast\n  cuont = 3\n}\n");

        await AssertRefusedAsync(
            Stage.Node("all-in-one", "--config", file),
            $"{file}:2: features.rate = \"fast\"",
            $"{file}:3: there is no key features.cuont; did you mean features.count?");
    }

    [Fact]
    public async Task Start_ModelThatWasTamperedWith_IsRefused()
    {
        var file = Stage.File("model.json");
        var trained = await File.ReadAllTextAsync(Repository.Model);
        await File.WriteAllTextAsync(file, trained.Replace("519.84", "519.85", StringComparison.Ordinal));

        await AssertRefusedAsync(Stage.Node("all-in-one", "--set", $"model.file={file}"), "model.file", file, "diabetes train");
    }

    [Fact]
    public async Task Start_ModelThatIsNoModel_IsRefused()
    {
        var file = Stage.File("model.json");
        await File.WriteAllTextAsync(file, "{\"kind\": \"linear\",");

        await AssertRefusedAsync(
            Stage.Node("model", "--amqp", "amqp://127.0.0.1:1", "--set", $"model.file={file}"),
            "model.file",
            file,
            "diabetes train");
    }

    [Theory]
    [InlineData("all-in-one")]
    [InlineData("metric")]
    [InlineData("plot")]
    public async Task Start_LogsFolderThatCannotBe_IsRefused(string name)
    {
        var file = Stage.File("in-the-way");
        await File.WriteAllTextAsync(file, "");
        var folder = Path.Combine(file, "logs");

        var node = Stage.NodeAsItIs(name, "--logs", folder, "--amqp", "amqp://127.0.0.1:1");

        await AssertRefusedAsync(node, "option --logs: logs.path", folder, "a folder that this user can make and write to");
    }

    private protected override Task<Stage> OpenAsync() => Task.FromResult(Stage.Open());

    private async Task AssertRefusedAsync(TestProcess node, params string[] said)
    {
        Assert.Equal(2, await node.ExitAsync());
        Assert.All(said, part => Assert.Contains(part, node.Output.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", $"{node.Output}", StringComparison.Ordinal);
        Assert.False(Directory.Exists(Stage.Logs), $"The node made {Stage.Logs} before it was refused.");
    }
}
