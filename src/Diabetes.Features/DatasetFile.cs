using Diabetes.Hosting.Configuration;
using Diabetes.Ledger.Datasets;

namespace Diabetes.Features;

/// <summary>Reads the dataset from disk.</summary>
internal static class DatasetFile
{
    private const string Bundled = "data/diabetes.csv";

    /// <summary>Reads the file that <c>features.dataset</c> names, or the diabetes dataset that is installed with the node.</summary>
    /// <exception cref="SettingsException">The file does not exist, cannot be read or is not a dataset.</exception>
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
            throw new SettingsException(
                $"features.dataset: {unreadable.Message} Name a CSV file with a header line and the target in the last column.");
        }
    }
}
