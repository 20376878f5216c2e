namespace Diabetes.Nodes.Tests.Support.Logs;

/// <summary>The quarantine of one or several nodes, as it grows.</summary>
internal sealed class QuarantineLog(string path)
{
    public IReadOnlyList<QuarantineLine> Lines => [.. SharedFile.WholeLines(path).Select(QuarantineLine.Parse)];

    /// <summary>Completes when there are at least as many entries.</summary>
    public Task UntilEntriesAsync(int count) => FileWatch.UntilAsync(
        path,
        () => Lines.Count >= count,
        () => $"{path} has {Lines.Count} entries, {count} were expected:\n{string.Join('\n', Lines)}");
}
