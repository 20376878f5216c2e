using Diabetes.Hosting.Actors;
using Diabetes.Metric;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Nodes.Metric;

public sealed class MetricDrainTests : VirtualTimeTestKit
{
    private readonly TestProbe _correlators;
    private readonly TestProbe _ledger;
    private readonly TestProbe _pipeline;
    private readonly MetricDrain _drain;

    public MetricDrainTests()
    {
        (_correlators, _ledger, _pipeline) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _drain = new MetricDrain(_correlators.Ref, _ledger.Ref, [_pipeline.Ref]);
    }

    [Fact]
    public async Task Drain_StoreIsAway_WaitsUntilThePipelinesHaveHeardTheVerdicts()
    {
        var run = _drain.RunAsync();
        Answer<BucketProtocol.Drain>(_correlators, new BucketProtocol.Tally(0, 1, 2));
        Answer<LedgerProtocol.Flush>(_ledger, new LedgerProtocol.State(0, Waiting: 3, null));
        _pipeline.ExpectMsg<PipelineProtocol.Drain>();
        Assert.False(run.IsCompleted);
        _pipeline.Reply(PipelineProtocol.Drained.Instance);
        Answer<BucketProtocol.GetTally>(_correlators, new BucketProtocol.Tally(0, 1, 2));
        Answer<LedgerProtocol.GetState>(_ledger, new LedgerProtocol.State(2, Waiting: 0, null));
        await run.WaitAsync(Support.Processes.SafetyNet.Long);
        Assert.Equal((1, 2, 2, 0), (_drain.Memory.Met, _drain.Memory.Spilled, _drain.Ledger.Joined, _drain.Ledger.Waiting));
    }

    private static void Answer<T>(TestProbe probe, object answer)
    {
        probe.ExpectMsg<T>();
        probe.Reply(answer);
    }
}
