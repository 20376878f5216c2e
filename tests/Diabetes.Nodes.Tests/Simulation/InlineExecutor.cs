using Akka.Dispatch;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Runs a mailbox where it is told something: for Akka's guardians, which outlive a life and must not have a run that is dropped with one.</summary>
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

    /// <summary>Made by Akka, which finds its name in the configuration.</summary>
    public sealed class Configurator(Akka.Configuration.Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new InlineExecutor(id);
    }
}
