using System.CommandLine;
using Diabetes.Cli.Verbs;
using Diabetes.Domain.Models;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.Cli;

public sealed class TrainVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("train").FullName;

    private static string Dataset => Repository.Dataset;

    private string Output => Path.Combine(_folder, "new", "model.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_OnTheDiabetesData_WritesTheCommittedModelAndSaysWhere()
    {
        var (code, output, error) = Run("train", "--dataset", Dataset, "--out", Output);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(File.ReadAllBytes(Repository.Model), File.ReadAllBytes(Output));
        Assert.Equal(["model.json"], Directory.GetFiles(Path.GetDirectoryName(Output)!).Select(Path.GetFileName));
        Assert.Contains("intercept      152.133484", output, StringComparison.Ordinal);
        Assert.Contains("MAE 43.277452, RMSE 53.476129, R² 0.517748", output, StringComparison.Ordinal);
        Assert.Contains($"Wrote {Output} ({new FileInfo(Repository.Model).Length} bytes).", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OfKindSum_WritesASumModel()
    {
        Assert.Equal(0, Run("train", "--dataset", Dataset, "--out", Output, "--kind", "sum").Code);

        Assert.Equal(ModelKind.Sum, ModelFile.Read(File.ReadAllBytes(Output), Output).Kind);
    }

    [Fact]
    public void Train_WithoutADataset_SaysWhatToName()
    {
        var (code, _, error) = Run("train", "--dataset", "nowhere.csv", "--out", Output);

        Assert.Equal((1, "There is no file nowhere.csv. Name a CSV with --dataset FILE.\n"), (code, error));
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void Train_OnABadDataset_SaysWhereAndWritesNothing()
    {
        var bad = Path.Combine(_folder, "bad.csv");
        File.WriteAllText(bad, "a,y\n1,2\n1,x\n");

        var (code, _, error) = Run("train", "--dataset", bad, "--out", Output);

        Assert.Equal((1, $"{bad}, line 3: column y has \"x\" where a finite number was expected.\n"), (code, error));
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void Train_OfAnUnknownKind_NamesTheKinds()
    {
        var (code, _, error) = Run("train", "--kind", "forest");

        Assert.Equal(1, code);
        Assert.Contains("linear", error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var code = new RootCommand { TrainVerb.Create() }.Parse(args).Invoke(
            new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
