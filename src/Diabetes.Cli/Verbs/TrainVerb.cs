using System.CommandLine;
using System.Security.Cryptography;
using Diabetes.Cli.Training;
using Diabetes.Domain.Models;
using Diabetes.Ledger.Datasets;
using Diabetes.Ledger.Disk;

namespace Diabetes.Cli.Verbs;

/// <summary>Makes <c>diabetes train</c>: reads a dataset and writes a model file. The same dataset gives the same bytes.</summary>
internal static class TrainVerb
{
    public static Command Create()
    {
        var dataset = new Option<string?>("--dataset")
        {
            Description = "CSV with a header; the last column is the target. [default: the diabetes dataset that comes with this program]",
            HelpName = "FILE",
        };
        var kind = new Option<string>("--kind")
        {
            Description = "How the model predicts: linear (least squares) or sum (of the features).",
            HelpName = "KIND",
            DefaultValueFactory = _ => "linear",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Model file to write. [default: diabetes-KIND.json]",
            HelpName = "FILE",
        };
        kind.AcceptOnlyFromAmong([.. Enum.GetNames<ModelKind>().Select(name => name.ToLowerInvariant())]);

        var verb = new Command("train", "Train a model and write its file.") { dataset, kind, output };
        verb.SetAction(line => Verb.Run(line, console => Train(
            console,
            line.GetValue(dataset) ?? Path.Combine(AppContext.BaseDirectory, "data/diabetes.csv"),
            Enum.Parse<ModelKind>(line.GetValue(kind)!, ignoreCase: true),
            line.GetValue(output) ?? $"diabetes-{line.GetValue(kind)}.json")));
        return verb;
    }

    private static void Train(TextWriter console, string from, ModelKind kind, string to)
    {
        if (!File.Exists(from))
        {
            throw new CliException($"There is no file {from}. Name a CSV with --dataset FILE.");
        }

        var bytes = File.ReadAllBytes(from);
        using var text = new StreamReader(new MemoryStream(bytes));
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var model = ModelTrainer.Train(DatasetReader.Read(text, from), kind, Path.GetFileName(from), hash);
        var file = ModelFile.Write(model);
        AtomicFile.Write(to, file);
        Print(console, model);
        console.WriteLine($"Wrote {to} ({file.Length} bytes).");
    }

    private static void Print(TextWriter console, TrainedModel model)
    {
        var width = model.FeatureNames.Append("intercept").Max(name => name.Length);
        foreach (var (name, coefficient) in model.FeatureNames.Zip(model.Coefficients).Append(("intercept", model.Intercept)))
        {
            console.WriteLine($"{name.PadRight(width)}  {coefficient,14:F6}");
        }

        var (on, metrics) = (model.TrainedOn, model.Metrics);
        console.WriteLine();
        console.WriteLine($"On the {on.Rows} rows of {on.Dataset}: MAE {metrics.Mae:F6}, RMSE {metrics.Rmse:F6}, R² {metrics.R2:F6}.");
    }
}
