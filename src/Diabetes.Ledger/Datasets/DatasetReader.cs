using System.Globalization;
using CsvHelper;

namespace Diabetes.Ledger.Datasets;

/// <summary>Reads a dataset from CSV: one header, then numbers; the last column is the target.</summary>
public static class DatasetReader
{
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        HasHeader = false, // It is read here, where a missing one can be told from a bad one.
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    /// <param name="text">Comma-separated, point for the decimals.</param>
    /// <param name="name">What to call the dataset in an error, as a rule its file name.</param>
    /// <exception cref="DatasetException">No header, no rows, a row of another length, or a cell that is no finite number.</exception>
    public static Dataset Read(TextReader text, string name)
    {
        using var csv = CsvReader.Create(text, Strict, leaveOpen: true);
        try
        {
            if (!csv.Read())
            {
                throw new DatasetException($"{name} is empty; a header with the features' names and the target's was expected.");
            }

            var columns = ReadHeader(csv, name);
            var (features, targets) = ReadRows(csv, name, columns);
            return new(columns[..^1], columns[^1], features, targets);
        }
        catch (CsvFormatException e)
        {
            throw new DatasetException($"{name}, line {e.LineNumber}: {e.Message}", e);
        }
    }

    private static string[] ReadHeader(CsvReader csv, string name)
    {
        var columns = new string[csv.FieldCount];
        if (columns.Length < 2) throw Bad(csv, name, "one column; features and a target were expected, separated by commas");
        for (var i = 0; i < columns.Length; i++)
        {
            var column = csv.GetString(i).Trim('\uFEFF');
            if (column.Length == 0) throw Bad(csv, name, $"column {i + 1} has no name");
            if (IsNumber(column, out _)) throw Bad(csv, name, $"column {i + 1} is the number {column}; a header with names was expected");
            if (columns.Contains(column)) throw Bad(csv, name, $"two columns are called {column}");
            columns[i] = column;
        }

        return columns;
    }

    private static (double[] Features, double[] Targets) ReadRows(CsvReader csv, string name, string[] columns)
    {
        List<double> features = [], targets = [];
        while (csv.Read())
        {
            if (csv.FieldCount != columns.Length) throw Bad(csv, name, $"{csv.FieldCount} cells; {columns.Length} were expected");
            for (var i = 0; i < columns.Length; i++)
            {
                var cell = csv.GetString(i);
                if (!IsNumber(cell, out var value)) throw Bad(csv, name, $"column {columns[i]} has \"{cell}\" where a finite number was expected");
                (i < columns.Length - 1 ? features : targets).Add(value);
            }
        }

        return targets.Count > 0
            ? ([.. features], [.. targets])
            : throw new DatasetException($"{name} has a header and no rows; at least one was expected.");
    }

    private static DatasetException Bad(CsvReader csv, string name, string what) => new($"{name}, line {csv.LineNumber}: {what}.");

    private static bool IsNumber(string cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}

/// <summary>A dataset that cannot be read. The message says where, what stands there, and what was expected.</summary>
public sealed class DatasetException : FormatException
{
    public DatasetException()
    {
    }

    public DatasetException(string message) : base(message)
    {
    }

    public DatasetException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
