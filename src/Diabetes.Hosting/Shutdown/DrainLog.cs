using System.Collections.Concurrent;

namespace Diabetes.Hosting.Shutdown;

/// <summary>Collects what a process logs when it ends: what its nodes did and what they did not drain.</summary>
internal sealed class DrainLog
{
    private readonly ConcurrentQueue<Func<string>> _summaries = new();
    private readonly ConcurrentQueue<string> _left = new();

    /// <summary>Cancelled when <c>drain-timeout</c> is over: tasks that still wait must return.</summary>
    public CancellationToken GiveUp { get; init; }

    /// <summary>What was not drained, a sentence each.</summary>
    public IReadOnlyCollection<string> Left => _left;

    /// <summary>What the nodes did, a line each.</summary>
    public IEnumerable<string> Summaries => _summaries.Select(line => line());

    public void AddSummary(Func<string> line) => _summaries.Enqueue(line);

    public void AddLeft(string what) => _left.Enqueue(what);
}
