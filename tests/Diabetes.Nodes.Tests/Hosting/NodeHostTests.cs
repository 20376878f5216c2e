using Akka.Hosting;
using Diabetes.Hosting;
using Diabetes.Hosting.Shutdown;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.Hosting;

public sealed class NodeHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("node-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ActorSystem_EndsByItself_EndsTheNode()
    {
        var node =
            new NodeRecipe("model", [], static _ => { }, static (akka, _) => akka.WithActors(static (system, _) => system.Terminate()));
        var run = Task.Run(() => NodeHost.RunAsync(node, ["--logs", _folder]));
        Assert.Equal((int)ExitCode.Failed, await run.WaitAsync(SafetyNet.Long));
    }

    [Fact]
    public async Task Start_FailsHalfWay_LetsGoOfTheDrainAfterDrainTimeout()
    {
        var letGo = false;
        var node = new NodeRecipe("model", [], static _ => { }, (akka, services) => akka
            .WithNode(services, "half", context =>
            {
                context.GiveUp.Register(() => letGo = true);
                context.OnDrain(CoordinatedShutdown.PhaseServiceStop, "wait for ever", static () => new TaskCompletionSource().Task);
            })
            .WithActors(static (_, _) => throw new InvalidOperationException("Failed half way.")));
        var run = Task.Run(() => NodeHost.RunAsync(node, ["--logs", _folder, "--set", "drain-timeout=1s"]));
        Assert.Equal((int)ExitCode.Failed, await run.WaitAsync(SafetyNet.Long));
        Assert.True(letGo, "The task was left by the timeout of its phase, not by drain-timeout.");
    }

    [Fact]
    public async Task Actor_Throws_EndsTheNode()
    {
        var node = new NodeRecipe("model", [], static _ => { }, static (akka, _) => akka.WithActors(
            static (system, _) => system.ActorOf(Props.Create(() => new Thrower())).Tell("go")));
        var run = Task.Run(() => NodeHost.RunAsync(node, ["--logs", _folder]));
        Assert.Equal((int)ExitCode.Failed, await run.WaitAsync(SafetyNet.Long));
    }

    private sealed class Thrower : ReceiveActor
    {
        public Thrower() => ReceiveAny(static _ => throw new InvalidOperationException("Thrown on purpose."));
    }
}
