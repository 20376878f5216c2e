using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Nodes.Tests.Config;

/// <summary>The files of the folder hocon as they come with the nodes.</summary>
public sealed class NodeFilesTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Theory]
    [InlineData("features")]
    [InlineData("model")]
    [InlineData("metric")]
    [InlineData("plot")]
    [InlineData("all-in-one")]
    public void Load_EveryNode_PassesTheCheck(string node) => Load(node).Check([]);

    [Fact]
    public void Load_AllInOne_HasABrokerOfItsOwnUnlessOneIsGiven()
    {
        Assert.Null(Load("all-in-one").Get(CommonSettings.AmqpUri));
        Assert.Equal(new Uri("amqp://host"), Load("all-in-one", "--amqp", "amqp://host").Get(CommonSettings.AmqpUri));
    }

    [Fact]
    public void Load_OtherNodes_AskTheBrokerOfThisMachine() =>
        Assert.Equal(new Uri("amqp://guest:guest@localhost:5672"), Load("metric").Get(CommonSettings.AmqpUri));

    [Fact]
    public void Queues_ByDefault_AreThoseOfThePythonServices()
    {
        var settings = Load("metric");

        Assert.Equal(new QueueSpec("features", false, 20_000), settings.FeaturesQueue());
        Assert.Equal(new QueueSpec("y_true", false, 20_000), settings.TruthQueue());
        Assert.Equal(new QueueSpec("y_pred", false, 20_000), settings.PredictionQueue());
        Assert.Equal(new QueueSpec("notification", false, 20_000), settings.NotificationQueue());
    }

    private static Settings Load(string node, params string[] args) => Settings.Load(node, args, environment: NoEnvironment);
}
