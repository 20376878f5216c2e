namespace Diabetes.Domain.Tests;

/// <summary>Gives access to files of the repository, which the build copies beside the tests.</summary>
internal static class Files
{
    public static byte[] Model => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "diabetes-linear.json"));

    public static string WireFormat => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wire-format.md"));
}
