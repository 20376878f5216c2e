using Diabetes.Actors;

namespace Diabetes.Testing;

/// <content>Virtual time, and rest: the moment when no actor has anything to do.</content>
public abstract partial class TestKitBase
{
    /// <summary>
    /// Returns when the actor system is at rest: no message waits in a mailbox that runs, no actor works, no timer that is due waits for its thread.
    /// Then nothing happens unless the test, the clock or work outside the actor system (a Task.Run, an I/O) makes it happen. An actor that awaits
    /// such work in an asynchronous receive counts as at rest.
    /// </summary>
    public void AwaitRest()
    {
        var activity = ((ActorSystemImpl)Sys).Settings.Dispatcher as Activity
            ?? throw new InvalidOperationException("This system does not count its work, so nobody can tell when it is at rest. Make it with TestKit.SetupOn(time).");
        while (true)
        {
            var runs = activity.AwaitRest(SafetyNet);
            if (Time?.HasUnfinishedCallbacks == true)
            {
                Thread.Yield();
            }
            else if (activity.IsAtRestSince(runs))
            {
                return;
            }
        }
    }

    /// <summary>Lets <paramref name="duration"/> of virtual time pass timer by timer, with the system at rest before and after each, and at the end.</summary>
    public void Advance(TimeSpan duration) => PassTime(duration, static () => false);

    /// <summary>As <see cref="Advance"/>, but ends at the first instant at which, with the system at rest, <paramref name="enough"/> is true.</summary>
    private void PassTime(TimeSpan duration, Func<bool> enough)
    {
        var time = Time ?? throw new InvalidOperationException("This test brought a system that runs on the wall clock; no one can move that.");
        var end = time.Elapsed + duration;
        AwaitRest();
        while (!enough() && time.Elapsed < end)
        {
            var left = end - time.Elapsed;
            time.Advance(time.NextDueIn is { } due && due < left ? due : left);
            AwaitRest();
        }
    }
}
