using Akka.Configuration;
using Akka.Dispatch;

namespace Diabetes.Testing.Actors;

/// <summary>Runs mailboxes on the thread pool, and counts them for <see cref="VirtualTimeTestKit.AwaitRest"/>.</summary>
public sealed class CountingExecutor : ExecutorService
{
    private readonly Activity _activity;

    private CountingExecutor(string id, Activity activity)
        : base(id) => _activity = activity;

    public override void Execute(IRunnable run) => _activity.Run(run);

    public override void Shutdown()
    {
    }

    /// <summary>Makes the executor. Akka creates this class itself, by the name in the configuration.</summary>
    public sealed class Configurator(Config config, IDispatcherPrerequisites prerequisites)
        : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new CountingExecutor(id, Activity.Of(Prerequisites.Settings.System));
    }
}
