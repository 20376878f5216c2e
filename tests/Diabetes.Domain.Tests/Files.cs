namespace Diabetes.Domain.Tests;

/// <summary>The files of the repository that tests read; copied beside them by the build.</summary>
internal static class Files
{
    public static byte[] Model => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "diabetes-linear.json"));

    public static string WireFormat => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wire-format.md"));
}
