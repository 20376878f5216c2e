using Diabetes.Hosting.Configuration;
using Diabetes.Ledger.Datasets;

namespace Diabetes.Features;

/// <summary>The dataset on disk.</summary>
internal static class DatasetFile
{
    private const string Bundled = "data/diabetes.csv";

    /// <summary>Reads <c>features.dataset</c>, or the diabetes dataset that comes with the node.</summary>
    /// <exception cref="SettingsException">The file is not there or is no dataset.</exception>
    public static Dataset Read(Settings settings)
    {
        var named = settings.Get(FeaturesSettings.Dataset);
        var path = named.Length > 0 ? named : Path.Combine(AppContext.BaseDirectory, Bundled);
        try
        {
            using var text = File.OpenText(path);
            return DatasetReader.Read(text, path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or DatasetException)
        {
            throw new SettingsException($"features.dataset: {unreadable.Message} Expected a CSV file with a header whose last column is the target.");
        }
    }
}
