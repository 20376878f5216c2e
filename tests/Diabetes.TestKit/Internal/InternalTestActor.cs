using Diabetes.Actors;

namespace Diabetes.Testing;

/// <summary>The actor behind a test or a probe: notes every message for the test to look at.</summary>
internal sealed class InternalTestActor(MessageQueue queue) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is TestActorCommand command)
        {
            Do(command);
        }
        else
        {
            queue.Add(new MessageEnvelope(message, Sender));
        }
    }

    private static void Do(TestActorCommand command)
    {
        try
        {
            command.Done.SetResult(command switch
            {
                WatchCommand watch => Context.Watch(watch.Subject),
                UnwatchCommand unwatch => Context.Unwatch(unwatch.Subject),
                SpawnCommand spawn => Context.ActorOf(spawn.Props, spawn.Name),
                _ => throw new NotSupportedException($"A test actor does not know the command {command}."),
            });
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The test that asked gets it; the test actor lives on.
            command.Done.SetException(failure);
        }
    }
}
