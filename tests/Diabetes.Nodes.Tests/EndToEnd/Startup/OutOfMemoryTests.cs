using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Startup;

/// <summary>A node without memory ends with a word instead of standing there, connected and deaf.</summary>
[Collection(BrokerCollection.Name)]
public sealed class OutOfMemoryTests(BrokerFixture broker, ITestOutputHelper output)
{
    [Fact]
    public async Task Metric_MoreThanItsMemoryWaits_EndsWithAWordAndTheBrokerHasTheRest()
    {
        await using var stage = await Stage.OpenAsync(broker);
        await using (var pika = new PikaPublisher(stage.Host.Uri))
        {
            var body = new byte[60_000];
            await pika.SendAsync(Enumerable.Repeat(("y_true", body), 1500));
        }

        var metric = stage.NodeBy(["DOTNET_GCHeapHardLimit=0x2000000"], "metric", "--set", "amqp.prefetch=20000");
        var code = await metric.ExitAsync();
        stage.Report(output);
        Assert.Equal(1, code);
        Assert.Contains("out of memory", metric.Output.Errors, StringComparison.Ordinal);
    }
}
