namespace Diabetes.Ledger.Csv;

/// <summary>Maps the columns of a CSV ledger, by the names in its first record, or by their order if it has no names.</summary>
/// <param name="Delimiter">What stands between columns.</param>
/// <param name="Id">Column of the id.</param>
/// <param name="YTrue">Column of the ground truth.</param>
/// <param name="YPred">Column of the prediction.</param>
/// <param name="Error">Column of the absolute error; -1 if there is none: it is then computed from the other two.</param>
/// <param name="Start">Position of the first row.</param>
internal sealed record CsvLayout(byte Delimiter, int Id, int YTrue, int YPred, int Error, long Start)
{
    /// <summary>Most columns that are read.</summary>
    public const int MostColumns = 64;

    private static readonly string[] Ids = ["id", "message_id", "ts", "timestamp", "uuid"];
    private static readonly string[] Trues = ["y_true", "actual", "y_actual", "true", "truth", "y"];
    private static readonly string[] Preds = ["y_pred", "predicted", "prediction", "y_predict", "y_predicted", "pred"];
    private static readonly string[] Errors = ["absolute_error", "error", "abs_error", "ae"];

    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the columns from the beginning of a file.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <param name="path">Named in the error.</param>
    /// <returns>Null if the first record is incomplete.</returns>
    /// <exception cref="LedgerUnusableException">The columns are unknown.</exception>
    public static CsvLayout? Read(ReadOnlySpan<byte> head, string path)
    {
        var bom = head.StartsWith(Bom) ? Bom.Length : 0;
        var start = head.Length - head[bom..].TrimStart("\r\n"u8).Length;
        var delimiter = Delimit(head[start..]);
        var end = CsvRecord.End(head[start..], delimiter);
        if (end < 0)
        {
            return null;
        }

        var record = CsvRecord.Trim(head.Slice(start, end));
        Span<Range> fields = stackalloc Range[MostColumns];
        var names = new string[Math.Min(CsvRecord.Split(record, delimiter, fields), MostColumns)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = CsvId.Text(record[fields[i]]).Trim();
        }

        var layout = new CsvLayout(delimiter, Find(names, Ids), Find(names, Trues), Find(names, Preds), Find(names, Errors), start + end);
        if (layout is { Id: >= 0, YTrue: >= 0, YPred: >= 0 })
        {
            return layout;
        }

        if (names.Length >= 3 && IsValue(record[fields[1]]) && IsValue(record[fields[2]]))
        {
            return new CsvLayout(delimiter, 0, 1, 2, names.Length > 3 ? 3 : -1, start);
        }

        throw new LedgerUnusableException(
            $"'{path}' begins with '{string.Join((char)delimiter, names)}', which are not the columns of a ledger. " +
            $"Name them id, y_true, y_pred and absolute_error (or {string.Join(", ", Ids[1..])}; {string.Join(", ", Trues[1..])}; " +
            $"{string.Join(", ", Preds[1..])}; {string.Join(", ", Errors[1..])}).");
    }

    /// <summary>Picks the delimiter that occurs most often in the first line.</summary>
    private static byte Delimit(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        var line = end < 0 ? head : head[..end];
        var (best, most) = ((byte)',', 0);
        foreach (var candidate in ",;\t|"u8)
        {
            if (line.Count(candidate) is var count && count > most)
            {
                (best, most) = (candidate, count);
            }
        }

        return best;
    }

    private static bool IsValue(ReadOnlySpan<byte> field) => field.IsEmpty || CsvNumber.TryRead(field, out _);

    private static int Find(string[] names, string[] known)
    {
        foreach (var name in known)
        {
            if (Array.FindIndex(names, one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var column)
            {
                return column;
            }
        }

        return -1;
    }
}
