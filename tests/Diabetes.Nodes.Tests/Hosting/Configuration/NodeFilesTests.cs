using Diabetes.Amqp.Settings;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

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
    public void Load_EveryNode_PassesTheCheck(string node)
    {
        using var folder = new ConfigFolder();

        folder.Check(node);
    }

    [Fact]
    public void Load_AllInOne_HasABrokerOfItsOwnUnlessOneIsGiven()
    {
        Assert.Null(Load("all-in-one").Get(AmqpSettings.Uri));
        Assert.Equal(new Uri("amqp://host"), Load("all-in-one", "--amqp", "amqp://host").Get(AmqpSettings.Uri));
    }

    [Fact]
    public void Load_OtherNodes_AskTheBrokerOfThisMachine() =>
        Assert.Equal(new Uri("amqp://guest:guest@localhost:5672"), Load("metric").Get(AmqpSettings.Uri));

    [Fact]
    public void Queues_ByDefault_AreThoseOfThePythonServices()
    {
        var settings = Load("metric");

        Assert.Equal(new QueueDeclaration("features"), settings.FeaturesQueue());
        Assert.Equal(new QueueDeclaration("y_true"), settings.TruthQueue());
        Assert.Equal(new QueueDeclaration("y_pred"), settings.PredictionQueue());
        Assert.Equal(new QueueDeclaration("notification"), settings.NotificationQueue());
    }

    private static Settings Load(string node, params string[] args) => Settings.Load(node, args, environment: NoEnvironment);
}
