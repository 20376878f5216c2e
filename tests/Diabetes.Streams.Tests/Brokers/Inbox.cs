using System.Text;

namespace Diabetes.Streams.Tests;

/// <summary>Keeps what a source hands out, in order, and lets a test wait for it.</summary>
internal sealed class Inbox(Action<Delivery<string>>? also = null)
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);

    private readonly Lock _gate = new();
    private readonly List<Delivery<string>> _deliveries = [];
    private readonly List<(Func<List<Delivery<string>>, bool> Done, TaskCompletionSource Signal)> _waits = [];

    public static string Decode(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body);

    public IReadOnlyList<Delivery<string>> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _deliveries];
            }
        }
    }

    public IReadOnlyList<string> Payloads => [.. Deliveries.Select(delivery => delivery.Payload)];

    public void Receive(Delivery<string> delivery)
    {
        also?.Invoke(delivery);
        lock (_gate)
        {
            _deliveries.Add(delivery);
            foreach (var wait in _waits.Where(wait => wait.Done(_deliveries)))
            {
                wait.Signal.TrySetResult();
            }
        }
    }

    public Task<IReadOnlyList<Delivery<string>>> WaitForAsync(int count) => WaitUntilAsync(all => all.Count >= count);

    public Task<IReadOnlyList<Delivery<string>>> WaitForDistinctAsync(int count) =>
        WaitUntilAsync(all => all.Count >= count && all.Select(delivery => delivery.Payload).Distinct().Count() >= count);

    private async Task<IReadOnlyList<Delivery<string>>> WaitUntilAsync(Func<List<Delivery<string>>, bool> done)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waits.Add((done, signal));
            if (done(_deliveries))
            {
                signal.TrySetResult();
            }
        }

        try
        {
            await signal.Task.WaitAsync(SafetyNet);
        }
        catch (TimeoutException)
        {
            var have = Payloads;
            throw new TimeoutException($"Waited {SafetyNet}; {have.Count} deliveries so far, the last: {string.Join(' ', have.TakeLast(20))}");
        }

        return Deliveries;
    }
}
