using Diabetes.Nodes.Tests.Support.Brokers;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.Support;

/// <summary>A test on a stage of its own. One that fails shows what the processes said.</summary>
[Collection(BrokerCollection.Name)]
public abstract class StageTest(ITestOutputHelper output) : IAsyncLifetime
{
    private protected Stage Stage { get; private set; } = null!;

    public async Task InitializeAsync() => Stage = await OpenAsync();

    public async Task DisposeAsync()
    {
        await using (Stage)
        {
            Stage.Report(output);
        }
    }

    private protected abstract Task<Stage> OpenAsync();
}
