using System.Globalization;
using System.Text.RegularExpressions;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Shutdown;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.Hosting;

public sealed class DrainTimesTests
{
    [Fact]
    public void Shutdown_DrainTimeout_LeavesTimeToClose() =>
        Assert.Equal(TimeSpan.FromSeconds(10 + 7), DrainTimes.Shutdown(TimeSpan.FromSeconds(10)));

    [Fact]
    public void Shutdown_Default_IsOverBeforeComposeKillsTheNode()
    {
        var compose = File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"));
        var node = Regex.Match(compose, @"^x-node: &node\n(?:[ #].*\n)*?  stop_grace_period: (\d+)s$", RegexOptions.Multiline);
        var drain = Settings.Load("metric", [], environment: new Dictionary<string, string>()).Get(NodeSettings.DrainTimeout);

        Assert.True(node.Success, "docker-compose.yml has no stop_grace_period for its nodes.");
        Assert.True(
                TimeSpan.FromSeconds(int.Parse(node.Groups[1].Value, CultureInfo.InvariantCulture)) >= DrainTimes.Shutdown(drain),
                $"{node.Groups[1]}s is too short.");
    }
}
