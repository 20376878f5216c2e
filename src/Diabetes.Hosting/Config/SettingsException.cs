namespace Diabetes.Hosting;

/// <summary>The configuration cannot be used. The message is for the operator: one problem a line, each with its place and what was expected.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public SettingsException(string problem)
        : this([problem])
    {
    }

    public IReadOnlyList<string> Problems { get; } = problems;
}
