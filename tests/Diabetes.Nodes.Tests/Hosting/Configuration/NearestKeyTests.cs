using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

public sealed class NearestKeyTests
{
    private static readonly string[] Known =
        ["features.rate", "features.count", "features.label-delay", "plot.file", "model.file", "logs.path"];

    [Theory]
    [InlineData("features.rat", "features.rate")]
    [InlineData("features.arte", "features.rate")]
    [InlineData("feature.rate", "features.rate")]
    [InlineData("features.label_delay", "features.label-delay")]
    [InlineData("features.labelDelay", "features.label-delay")]
    [InlineData("rate", "features.rate")]
    [InlineData("file", "plot.file")]
    [InlineData("log.path", "logs.path")]
    [InlineData("nothing.like.it", null)]
    [InlineData("x", null)]
    public void Of_Key_IsTheNearest(string path, string? nearest) => Assert.Equal(nearest, NearestKey.Of(path, Known));
}
