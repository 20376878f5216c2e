using Diabetes.Domain.Models;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Model;

/// <summary>The trained model on disk.</summary>
internal static class TrainedModelFile
{
    private const string Bundled = "models/diabetes-linear.json";

    /// <summary>Reads <c>model.file</c>, or the model that comes with the node.</summary>
    /// <exception cref="SettingsException">The file is not there, is no model, or was changed after it was written.</exception>
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
            throw new SettingsException($"model.file: {path}: {unreadable.Message} Make one with: diabetes train --out {path}");
        }
    }
}
