using System.Threading.Channels;
using Diabetes.Actors;

namespace Diabetes.Bench.Kernel;

/// <summary>Question and answer: against a Channel whose reader completes a TaskCompletionSource.</summary>
internal static class AskRoundTrip
{
    private static readonly object Message = new();

    public static Measured Run(ActorSystem system, int clients, int count)
    {
        var echo = system.ActorOf<Echo>();
        var channel = Channel.CreateUnbounded<TaskCompletionSource<object>>(new UnboundedChannelOptions { SingleReader = true });
        var reader = Serve(channel.Reader);
        var measured = Rounds.Compare(
            $"Ask, {clients} client{(clients == 1 ? string.Empty : "s")}",
            14,
            21,
            () => Rounds.Time(count, () => Clients(clients, count, AskRaw)),
            () => Rounds.Time(count, () => Clients(clients, count, Ask)));
        channel.Writer.Complete();
        reader.Wait();
        return measured;

        async Task AskRaw(int each)
        {
            for (var i = 0; i < each; i++)
            {
                var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
                channel.Writer.TryWrite(answer);
                await answer.Task.ConfigureAwait(false);
            }
        }

        async Task Ask(int each)
        {
            for (var i = 0; i < each; i++)
            {
                await echo.Ask<object>(Message).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Bytes allocated for an Ask, question and answer themselves apart.</summary>
    public static double Bytes(ActorSystem system, TimeSpan? timeout, int count)
    {
        var echo = system.ActorOf<Echo>();
        Clients(1, count, Ask);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Clients(1, count, Ask);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / count;

        async Task Ask(int each)
        {
            for (var i = 0; i < each; i++)
            {
                await echo.Ask<object>(Message, timeout).ConfigureAwait(false);
            }
        }
    }

    private static void Clients(int clients, int count, Func<int, Task> client)
        => Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => client(count / clients)))).Wait();

    private static async Task Serve(ChannelReader<TaskCompletionSource<object>> questions)
    {
        while (await questions.WaitToReadAsync().ConfigureAwait(false))
        {
            while (questions.TryRead(out var question))
            {
                question.SetResult(Message);
            }
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
