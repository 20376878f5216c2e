using Diabetes.Hosting.Shutdown;
using Diabetes.Metric.Correlators;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Hears what goes wrong inside the node, and how much it has in memory.</summary>
internal sealed class Witness : ReceiveActor
{
    public Witness(World world, Life life, int most)
    {
        Receive<LogEvent>(log => log.Cause?.GetBaseException() is SimulatedFault, _ => { });
        Receive<LogEvent>(log => log is Error or Warning, log => world.Fail($"The node says: {log.Message} {(log as Error)?.Cause}"));
        Receive<LogEvent>(_ => { });
        Receive<NodeFailed>(failed => failed.Cause.GetBaseException() is SimulatedFault, _ => world.Failed(life));
        Receive<NodeFailed>(failed => world.Fail($"The node gives up: {failed.What} {failed.Cause}"));
        Receive<BucketProtocol.Tally>(tally =>
        {
            if (tally.Waiting > most)
            {
                world.Fail($"The buckets hold {tally.Waiting} ids, and there cannot be more than {most} deliveries.");
            }
        });
    }
}
