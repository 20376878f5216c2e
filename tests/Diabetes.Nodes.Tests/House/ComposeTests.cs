using System.Text.RegularExpressions;
using Diabetes.Testing.RabbitMq;

namespace Diabetes.Nodes.Tests.House;

/// <summary>What docker-compose.yml and the images promise, as far as their text tells it.</summary>
public sealed class ComposeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repo.Root, "docker-compose.yml"));

    [Theory]
    [InlineData("x-node")]
    [InlineData("rabbitmq")]
    [InlineData("logs-folder")]
    public void Service_Any_HasLimitsAndNoPrivileges(string name) => Assert.All(
        ["cap_drop: [ALL]", "no-new-privileges", "mem_limit:", "pids_limit:"],
        promised => Assert.Contains(promised, Block(name), StringComparison.Ordinal));

    [Theory]
    [InlineData("features")]
    [InlineData("model")]
    [InlineData("metric")]
    [InlineData("plot")]
    public void Service_OfANode_TakesWhatAllNodesHave(string name) =>
        Assert.Matches(@"<<: \*node(-with-logs)?\n", Block(name));

    [Fact]
    public void Features_DoneWithItsCount_IsNotStartedAgain() =>
        Assert.Contains("restart: on-failure\n", Block("features"), StringComparison.Ordinal);

    [Fact]
    public void Broker_User_IsNotGuest() => Assert.DoesNotContain(":-guest", Text, StringComparison.Ordinal);

    [Fact]
    public async Task Broker_AsItIsStarted_HasAUserWithoutAdministrationAndALimitOfMessageSize()
    {
        var arguments = Regex.Match(Block("rabbitmq"), "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: (.+)").Groups[1].Value;
        await using var broker = await PrivateRabbitMq.OpenWithErlangAsync(arguments);

        Assert.Contains("[management]", await broker.ControlAsync("list_users", "--no-table-headers"), StringComparison.Ordinal);
        Assert.Equal("16777216", (await broker.ControlAsync("eval", "application:get_env(rabbit, max_message_size, none).")).Trim());
    }

    [Fact]
    public void Images_AllOfThem_LeaveOutWhatNobodyRuns() => Assert.All(
        Repo.Files("Dockerfile"),
        file =>
        {
            Assert.Contains("rm -f /app/*.xml /app/*.pdb", file.Text, StringComparison.Ordinal);
            var isMetric = file.Path.Contains("Metric", StringComparison.Ordinal);
            Assert.Equal(isMetric, file.Text.Contains("Diabetes.Cli", StringComparison.Ordinal));
        });

    // A key of the first level, or of the second (a service), with what is below it.
    private static string Block(string name)
    {
        var (lines, indent) = (Text.Split('\n'), name.StartsWith("x-", StringComparison.Ordinal) ? "" : "  ");
        var start = Array.FindIndex(lines, line => line.StartsWith($"{indent}{name}:", StringComparison.Ordinal));
        return string.Join('\n', lines[(start + 1)..]
            .TakeWhile(line => line.Length == 0 || line.StartsWith(indent + " ", StringComparison.Ordinal)));
    }
}
