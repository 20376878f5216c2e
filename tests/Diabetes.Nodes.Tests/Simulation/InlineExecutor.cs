using Akka.Dispatch;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Runs a mailbox on the thread of the sender. Used for Akka's guardians, which survive a life and must not lose a run with it.
/// </summary>
public sealed class InlineExecutor : ExecutorService
{
    private InlineExecutor(string id)
        : base(id)
    {
    }

    public override void Execute(IRunnable run) => run.Run();

    public override void Shutdown()
    {
    }

    /// <summary>Created by Akka from its name in the configuration.</summary>
    public sealed class Configurator(Akka.Configuration.Config config, IDispatcherPrerequisites prerequisites)
        : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new InlineExecutor(id);
    }
}
