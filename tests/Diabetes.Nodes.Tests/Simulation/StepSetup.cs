using Akka.Actor.Setup;
using Akka.Dispatch;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Takes to the <see cref="StepExecutor"/> of one actor system who decides when a run happens.</summary>
internal sealed class StepSetup(Action<IRunnable> schedule) : Setup
{
    public Action<IRunnable> Schedule => schedule;
}
