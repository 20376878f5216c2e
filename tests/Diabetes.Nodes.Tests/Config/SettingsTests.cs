using Diabetes.Hosting;

namespace Diabetes.Nodes.Tests.Config;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Fact]
    public void Load_EveryNode_PassesItsOwnCheck()
    {
        foreach (var node in (string[])["features", "model", "metric", "plot", "all-in-one"])
        {
            var settings = Settings.Load(node, [], environment: NoEnvironment);
            settings.Check([]);
        }
    }

    [Fact]
    public void Load_Option_GoesOverEverything()
    {
        var settings = Settings.Load("features", ["--logs", "elsewhere", "--rate", "-5", "--set", "amqp.prefetch=7"], environment: NoEnvironment);

        Assert.Equal("elsewhere", settings.Get(CommonSettings.LogsPath));
        Assert.Equal(7, settings.Get(CommonSettings.Prefetch));
        Assert.Equal("-5", settings.Configuration["features:rate"]);
        Assert.Equal(new Uri("amqp://guest:guest@localhost:5672"), settings.Get(CommonSettings.AmqpUri));
    }

    [Fact]
    public void Load_AllInOne_HasNoBrokerUnlessGiven()
    {
        Assert.Null(Settings.Load("all-in-one", [], environment: NoEnvironment).Get(CommonSettings.AmqpUri));
        Assert.NotNull(Settings.Load("all-in-one", ["--amqp", "amqp://a"], environment: NoEnvironment).Get(CommonSettings.AmqpUri));
    }
}
