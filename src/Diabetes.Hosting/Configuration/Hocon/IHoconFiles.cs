namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Reads documents.</summary>
internal interface IHoconFiles
{
    /// <summary>Reads a file.</summary>
    /// <returns>The file's text; null if there is no such file.</returns>
    /// <exception cref="HoconException">The file exists and cannot be read as text.</exception>
    string? Read(string path);
}
