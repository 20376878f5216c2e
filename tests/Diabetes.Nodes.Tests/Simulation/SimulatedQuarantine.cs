using Diabetes.Domain.Wire;
using Diabetes.Ledger.Quarantine;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Simulates the quarantine file on a disk that is sometimes full.</summary>
internal sealed class SimulatedQuarantine(World world) : IQuarantine
{
    public void Append(IReadOnlyList<QuarantineEntry> entries)
    {
        world.FailNowAndThen();
        world.RefuseNowAndThen(() => new IOException("The disk is full."));
        foreach (var entry in entries)
        {
            world.File.Add(entry);
        }
    }
}
