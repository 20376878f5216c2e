using System.Collections.Concurrent;

namespace Diabetes.Hosting.Shutdown;

/// <summary>What a process has to say when it ends: what its nodes did and what they could not bring to an end.</summary>
internal sealed class DrainLog
{
    private readonly ConcurrentQueue<Func<string>> _summaries = new();
    private readonly ConcurrentQueue<string> _left = new();

    /// <summary>Cancelled when the time to drain is over and whatever still waits must let go.</summary>
    public CancellationToken GiveUp { get; init; }

    public IReadOnlyCollection<string> Left => _left;

    public IEnumerable<string> Summaries => _summaries.Select(line => line());

    public void AddSummary(Func<string> line) => _summaries.Enqueue(line);

    public void AddLeft(string what) => _left.Enqueue(what);
}
