namespace Diabetes.Ledger.Csv;

/// <summary>Says where a CSV ledger is and how its rows look.</summary>
/// <param name="Path">The file. Its folder is created if it is missing.</param>
public sealed record CsvLedgerOptions(string Path)
{
    /// <summary>Name of the fourth column: <c>absolute_error</c>, or <c>error</c> as some services have it.</summary>
    public string ErrorColumn { get; init; } = "absolute_error";

    /// <summary>Character between columns: comma, semicolon, bar or tab.</summary>
    /// <exception cref="ArgumentException">The value is another character.</exception>
    public char Delimiter
    {
        get;
        init => field = value is ',' or ';' or '|' or '\t'
            ? value
            : throw new ArgumentException($"'{value}' cannot delimit the columns of a ledger. Use ',', ';', '|' or a tab.", nameof(value));
    } = ',';

    internal string Header => string.Join(Delimiter, "id", "y_true", "y_pred", ErrorColumn);
}
