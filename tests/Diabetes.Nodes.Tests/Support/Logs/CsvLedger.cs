namespace Diabetes.Nodes.Tests.Support.Logs;

/// <summary>A ledger as it grows.</summary>
internal sealed class CsvLedger(string path)
{
    public string Path => path;

    /// <summary>Whole lines behind the header.</summary>
    public IReadOnlyList<string> Rows => [.. SharedFile.WholeLines(path).Skip(1)];

    /// <summary>The first column.</summary>
    public IReadOnlyList<string> Ids => [.. Rows.Select(row => row[..row.IndexOf(',', StringComparison.Ordinal)])];

    /// <summary>Completes when there are at least as many rows.</summary>
    public Task UntilRowsAsync(int count) => FileWatch.UntilAsync(
        path,
        () => SharedFile.CountLines(path) > count,
        () => $"{path} has {Rows.Count} rows, {count} were expected.");

    /// <summary>Completes when every id is there.</summary>
    public Task UntilIdsAsync(params IReadOnlyCollection<string> ids) =>
        FileWatch.UntilAsync(path, () => !Missing(ids).Any(), () => $"{path} has no rows for {string.Join(", ", Missing(ids).Take(10))}.");

    /// <summary>The one row of an id.</summary>
    public string RowOf(string id) => Assert.Single(Rows, row => row.StartsWith(id + ",", StringComparison.Ordinal));

    private IEnumerable<string> Missing(IEnumerable<string> ids) => ids.Except(Ids);
}
