using System.Collections.Concurrent;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Hosting.ReliedOn;

/// <summary>What the nodes' drain relies on in Akka.NET's CoordinatedShutdown.</summary>
public sealed class ShutdownTests : VirtualTimeTestKit
{
    [Fact]
    public async Task Run_TasksInSeveralPhases_APhaseBeginsWhenTheOneBeforeIsOver()
    {
        var told = new ConcurrentQueue<string>();
        var shutdown = CoordinatedShutdown.Get(Sys);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(CoordinatedShutdown.PhaseServiceStop, Task.CompletedTask);
        Add(CoordinatedShutdown.PhaseBeforeServiceUnbind, gate.Task);
        Add(CoordinatedShutdown.PhaseServiceRequestsDone, Task.CompletedTask);
        Add(CoordinatedShutdown.PhaseServiceUnbind, Task.CompletedTask);

        var done = shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
        AwaitCondition(() => told.Count == 1);
        gate.SetResult();
        await done.WaitAsync(SafetyNet);
        Assert.Equal(
            [
                CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind,
                CoordinatedShutdown.PhaseServiceRequestsDone, CoordinatedShutdown.PhaseServiceStop,
            ],
            told);

        void Add(string phase, Task until) => shutdown.AddTask(phase, "tell", async () =>
        {
            told.Enqueue(phase);
            await until;
            return Done.Instance;
        });
    }
}
