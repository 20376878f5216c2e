namespace Diabetes.Domain.Tests;

/// <summary>The files of the repository that tests read; copied beside them by the build.</summary>
internal static class Files
{
    public static byte[] Dataset => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "diabetes.csv"));

    public static byte[] Model => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "diabetes-linear.json"));

    public static string WireFormat => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wire-format.md"));

    public static Dataset Diabetes()
    {
        using var text = new StreamReader(new MemoryStream(Dataset));
        return DatasetReader.Read(text, "diabetes.csv");
    }
}
