using System.Text;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.Support.Brokers;

/// <summary>Publishes any bytes at all as a plain Python service would: by pika, to the default exchange, without properties.</summary>
internal sealed class PikaPublisher(Uri broker) : IAsyncDisposable
{
    private readonly TestProcess _process = PythonScript.Start("publish.py", "--amqp", $"{broker}");
    private int _batches;

    /// <summary>Completes when the broker has been sent all of them, in their order.</summary>
    public async Task SendAsync(params IEnumerable<(string Queue, byte[] Body)> messages)
    {
        foreach (var (queue, body) in messages)
        {
            await _process.TellAsync($"{queue}\t{Convert.ToBase64String(body)}");
        }

        await _process.TellAsync("");
        await _process.LineAsync($"batch {++_batches} sent");
    }

    /// <summary>The same for texts, as UTF-8.</summary>
    public Task SendAsync(params IEnumerable<(string Queue, string Body)> messages) =>
        SendAsync(messages.Select(message => (message.Queue, Encoding.UTF8.GetBytes(message.Body))));

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
