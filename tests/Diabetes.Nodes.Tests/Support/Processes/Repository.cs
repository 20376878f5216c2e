namespace Diabetes.Nodes.Tests.Support.Processes;

/// <summary>Where things are in the tree that the tests were built from.</summary>
internal static class Repository
{
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory);

    /// <summary>The folder of Diabetes.Actors.sln.</summary>
    public static readonly string Root = FindRoot(Output);

    public static readonly string Dataset = Path.Combine(Root, "src/Diabetes.Features/data/diabetes.csv");

    public static readonly string Model = Path.Combine(Root, "src/Diabetes.Model/models/diabetes-linear.json");

    /// <summary>The executable of a project, built as these tests are: bin/CONFIGURATION/FRAMEWORK.</summary>
    /// <param name="project">Its name.</param>
    /// <param name="file">What is built, where that is not called as the project is.</param>
    public static string Executable(string project, string? file = null)
    {
        var path = Path.Combine(Root, "src", project, "bin", Output.Parent!.Name, Output.Name, $"{file ?? project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there: build {project} first.");
    }

    private static string FindRoot(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Diabetes.Actors.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"There is no Diabetes.Actors.sln above {AppContext.BaseDirectory}: the tests run where they were built.");
    }
}
