namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Where documents come from.</summary>
internal interface IHoconFiles
{
    /// <returns>A file's text; null if there is no such file.</returns>
    /// <exception cref="HoconException">It is there and cannot be read as text.</exception>
    string? Read(string path);
}
