using Diabetes.Actors;

namespace Diabetes.Testing;

/// <summary>Hands each run of a cell to the test, which decides when it happens.</summary>
internal sealed class StepDispatcher(Action<Action> schedule) : Dispatcher
{
    public override void Schedule(IThreadPoolWorkItem run, bool preferLocal) => schedule(run.Execute);
}
