using Akka.Dispatch;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Passes each run of a mailbox to the simulation, which decides when it happens.</summary>
public sealed class StepExecutor : ExecutorService
{
    private readonly Action<IRunnable> _schedule;

    private StepExecutor(string id, Action<IRunnable> schedule)
        : base(id) => _schedule = schedule;

    public override void Execute(IRunnable run) => _schedule(run);

    public override void Shutdown()
    {
    }

    /// <summary>Created by Akka from its name in the configuration.</summary>
    public sealed class Configurator(Akka.Configuration.Config config, IDispatcherPrerequisites prerequisites)
        : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) =>
            new StepExecutor(id, Prerequisites.Settings.Setup.Get<StepSetup>().Value.Schedule);
    }
}
