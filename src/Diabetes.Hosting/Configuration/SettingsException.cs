namespace Diabetes.Hosting.Configuration;

/// <summary>
/// The configuration cannot be used. The message is for the operator: one problem a line, each with its place and what was expected, and
/// never a password.
/// </summary>
public sealed class SettingsException : Exception
{
    public SettingsException(params IEnumerable<string> problems)
        : this([.. problems.Select(Secrets.Mask)])
    {
    }

    private SettingsException(string[] masked)
        : base(string.Join(Environment.NewLine, masked)) => Problems = masked;

    public IReadOnlyList<string> Problems { get; }
}
