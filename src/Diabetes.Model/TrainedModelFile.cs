using Diabetes.Domain.Models;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Model;

/// <summary>Reads the trained model from disk.</summary>
internal static class TrainedModelFile
{
    private const string Bundled = "models/diabetes-linear.json";

    /// <summary>Reads the file that <c>model.file</c> names, or the model that is installed with the node.</summary>
    /// <exception cref="SettingsException">The file does not exist, is not a model, or was changed after training.</exception>
    public static (TrainedModel Model, string Path) Read(Settings settings)
    {
        var named = settings.Get(ModelSettings.File);
        var path = named.Length > 0 ? named : Path.Combine(AppContext.BaseDirectory, Bundled);
        try
        {
            return (ModelFile.Read(File.ReadAllBytes(path), path), path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ModelFileException)
        {
            throw new SettingsException(
                $"model.file: {unreadable.Message} Name a model file that this user may read, or write one with: "
                + $"diabetes train --out {path}");
        }
    }
}
