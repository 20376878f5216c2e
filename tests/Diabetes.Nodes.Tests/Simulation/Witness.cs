using Diabetes.Actors;
using Diabetes.Hosting;
using Diabetes.Metric;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Hears what goes wrong inside the node, and how much it has in memory.</summary>
internal sealed class Witness : ReceiveActor
{
    public Witness(World world, int most)
    {
        Receive<LogEvent>(log => log is Error or Warning, log => world.Fail($"The node says: {log.Message} {(log as Error)?.Cause}"));
        Receive<LogEvent>(_ => { });
        Receive<NodeFailed>(failed => world.Fail($"The node gives up: {failed.What} {failed.Cause}"));
        Receive<ShardProtocol.Tally>(tally =>
        {
            if (tally.Waiting > most)
            {
                world.Fail($"A shard holds {tally.Waiting} ids, and there cannot be more than {most} deliveries.");
            }
        });
    }

    protected override void PreStart()
    {
        foreach (var type in new[] { typeof(LogEvent), typeof(NodeFailed) })
        {
            Context.System.EventStream.Subscribe(Self, type);
        }
    }
}
