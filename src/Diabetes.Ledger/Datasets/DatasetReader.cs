using System.Globalization;
using CsvHelper;

namespace Diabetes.Ledger.Datasets;

/// <summary>Reads datasets from CSV: a header, then numbers; the last column is the target.</summary>
public static class DatasetReader
{
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        HasHeader = false, // It is read here, which tells a missing header from a bad one.
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    /// <summary>Reads all rows.</summary>
    /// <param name="text">Comma-separated, with decimal points.</param>
    /// <param name="name">Name of the dataset in errors, usually its file name.</param>
    /// <exception cref="DatasetException">
    /// There is no header or no row, a row has too many or too few cells, or a cell is not a finite number.
    /// </exception>
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
        if (columns.Length < 2)
        {
            throw Bad(csv, name, "there is only one column; features and a target were expected, separated by commas");
        }

        for (var i = 0; i < columns.Length; i++)
        {
            var column = csv.GetString(i).Trim('\uFEFF');
            if (column.Length == 0)
            {
                throw Bad(csv, name, $"column {i + 1} has no name");
            }

            if (IsNumber(column, out _))
            {
                throw Bad(csv, name, $"column {i + 1} is the number {column}; a header with names was expected");
            }

            if (columns.Contains(column))
            {
                throw Bad(csv, name, $"two columns are called {column}");
            }

            columns[i] = column;
        }

        return columns;
    }

    private static (double[] Features, double[] Targets) ReadRows(CsvReader csv, string name, string[] columns)
    {
        List<double> features = [], targets = [];
        while (csv.Read())
        {
            if (csv.FieldCount != columns.Length)
            {
                throw Bad(csv, name, $"the row has {csv.FieldCount} cells; {columns.Length} were expected");
            }

            for (var i = 0; i < columns.Length; i++)
            {
                var cell = csv.GetString(i);
                if (!IsNumber(cell, out var value))
                {
                    throw Bad(csv, name, $"column {columns[i]} has \"{cell}\" where a finite number was expected");
                }

                (i < columns.Length - 1 ? features : targets).Add(value);
            }
        }

        return targets.Count > 0
            ? ([.. features], [.. targets])
            : throw new DatasetException($"{name} has a header but no rows. Add at least one row.");
    }

    private static DatasetException Bad(CsvReader csv, string name, string what) => new($"{name}, line {csv.LineNumber}: {what}.");

    private static bool IsNumber(string cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}

/// <summary>Reports a dataset that cannot be read. The message says where the error is, what was found and what was expected.</summary>
public sealed class DatasetException : FormatException
{
    /// <inheritdoc/>
    public DatasetException()
    {
    }

    /// <inheritdoc/>
    public DatasetException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public DatasetException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
