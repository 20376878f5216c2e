namespace Diabetes.Hosting.Configuration;

/// <summary>
/// Says why the configuration cannot be used. The message is for the operator: one problem a line, each with its file and line and with
/// what was expected. Passwords in it are masked.
/// </summary>
public sealed class SettingsException : Exception
{
    /// <summary>Masks passwords in the problems.</summary>
    public SettingsException(params IEnumerable<string> problems)
        : this([.. problems.Select(problem => Quote.InALine(Secrets.Mask(problem)))])
    {
    }

    private SettingsException(string[] masked)
        : base(string.Join(Environment.NewLine, masked)) => Problems = masked;

    /// <summary>The problems, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }
}
