namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Reads the files that one file includes, and keeps the chain of including files, so that a circle is found.</summary>
/// <param name="file">The including file, as a full path; null if the document is not in a file.</param>
/// <param name="files">Reads the files.</param>
/// <param name="parent">The includer of the file that included this one.</param>
internal sealed class HoconIncluder(string? file, IHoconFiles files, HoconIncluder? parent = null)
{
    private static readonly string[] Extensions = [".json", ".conf"];

    private IEnumerable<string> Way => file is null ? [] : [.. parent?.Way ?? [], file];

    /// <summary>Reads a document and the files that it includes.</summary>
    /// <exception cref="HoconException">The file does not exist or is not HOCON.</exception>
    public static HoconNode Load(string file, IHoconFiles files)
    {
        var text = files.Read(file) ?? throw new HoconException(new HoconOrigin(file, 0), "there is no such file: correct the path");
        return HoconParser.Parse(text, file, new HoconIncluder(file, files), HoconScope.Document);
    }

    /// <summary>Reads the fields that replace an include statement.</summary>
    public HoconObject Read(HoconInclude include, HoconOrigin origin, HoconScope scope)
    {
        if (include.Name.Contains("://"))
        {
            throw new HoconException(origin, $"an include reads files only, not \"{include.Name}\": save it as a file and include that");
        }

        var result = new HoconObject(origin);
        var found = false;
        foreach (var path in Candidates(include.Name))
        {
            if (Parse(path, origin, scope) is { } part)
            {
                result.Absorb(part);
                found = true;
            }
        }

        return found || !include.Required
            ? result
            : throw new HoconException(
                origin, $"the required file \"{include.Name}\" does not exist; looked for {string.Join(", ", Candidates(include.Name))}");
    }

    // A name without extension stands for all formats; what is written last wins, and that is HOCON.
    private IEnumerable<string> Candidates(string name)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "", name));
        return Path.HasExtension(name) ? [path] : Extensions.Select(extension => path + extension);
    }

    private HoconObject? Parse(string path, HoconOrigin origin, HoconScope scope)
    {
        if (Way.Contains(path))
        {
            throw new HoconException(origin, $"files include each other in a circle: {string.Join(" -> ", Way.Append(path))}");
        }

        if (Way.Count() >= HoconLimits.Includes)
        {
            throw new HoconException(origin, $"files include each other more than {HoconLimits.Includes} deep");
        }

        if (files.Read(path) is not { } text)
        {
            return null;
        }

        var root = HoconParser.Parse(text, path, new HoconIncluder(path, files, this), scope.Included());
        return root as HoconObject ?? throw new HoconException(root.Origin, "an included file must hold an object, not an array");
    }
}
