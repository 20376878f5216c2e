namespace Diabetes.Hosting.Configuration;

/// <summary>Finds the key that is spelled most like an unknown one.</summary>
internal static class NearestKey
{
    /// <summary>Compares <paramref name="path"/> with the known keys.</summary>
    /// <returns>The nearest key; null if every key differs in more than two letters and a quarter of the path.</returns>
    public static string? Of(string path, IEnumerable<string> known)
    {
        var candidates = known
            .Select(key => (Key: key, Distance: Distance(path, key)))
            .Where(candidate => candidate.Distance <= Math.Max(2, path.Length / 4)
                                || candidate.Key.EndsWith("." + path, StringComparison.Ordinal))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Key, StringComparer.Ordinal);
        return candidates.FirstOrDefault().Key;
    }

    /// <summary>Counts the letters to insert, remove, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1),
                        rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
