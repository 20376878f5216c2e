namespace Diabetes.Ledger.Csv;

/// <summary>Where a CSV ledger is and how its rows look.</summary>
/// <param name="Path">File; its folder is made if it is missing.</param>
public sealed record CsvLedgerOptions(string Path)
{
    /// <summary>Name of the fourth column; some services call it <c>error</c>.</summary>
    public string ErrorColumn { get; init; } = "absolute_error";

    /// <summary>ASCII: comma, semicolon, bar or tab.</summary>
    /// <exception cref="ArgumentException">It is another character.</exception>
    public char Delimiter
    {
        get;
        init => field = value is ',' or ';' or '|' or '\t'
            ? value
            : throw new ArgumentException($"'{value}' cannot delimit the columns of a ledger; take ',', ';', '|' or a tab.", nameof(value));
    } = ',';

    internal string Header => string.Join(Delimiter, "id", "y_true", "y_pred", ErrorColumn);
}
