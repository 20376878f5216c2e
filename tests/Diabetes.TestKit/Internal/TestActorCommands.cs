using Diabetes.Actors;

namespace Diabetes.Testing;

/// <summary>What a test asks its test actor to do, rather than to note. <see cref="Done"/> tells the test's thread that it is done.</summary>
internal abstract record TestActorCommand
{
    public TaskCompletionSource<IActorRef> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed record WatchCommand(IActorRef Subject) : TestActorCommand;

internal sealed record UnwatchCommand(IActorRef Subject) : TestActorCommand;

internal sealed record SpawnCommand(Props Props, string? Name) : TestActorCommand;
