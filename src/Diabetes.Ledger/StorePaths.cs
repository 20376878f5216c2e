using System.Globalization;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Quarantine;

namespace Diabetes.Ledger;

/// <summary>Names every file that a SQLite store and its quarantine have or may get. Other programs must not write to them.</summary>
/// <param name="Database">The index. The quarantine is beside it.</param>
/// <param name="Ledger">The CSV ledger; late joins and orphans are beside it.</param>
public sealed record StorePaths(string Database, string Ledger)
{
    private const string FormerTime = "yyyyMMdd'T'HHmmss";

    /// <summary>
    /// Suffixes of the files that hold the data of a SQLite file: none for the file itself, and that of the write-ahead log.
    /// </summary>
    internal static readonly string[] DataParts = ["", "-wal"];

    /// <summary>Suffixes of all files that SQLite and the store's lock create. The SQLite file itself comes last.</summary>
    internal static readonly string[] AllParts = ["-wal", "-shm", "-journal", ".lock", ""];

    /// <summary>The index that a repair is building.</summary>
    public string Fresh => Database + ".new";

    /// <summary>CSV file of the pairs whose first half was an orphan.</summary>
    public string Late => BesideLedger("late.csv");

    /// <summary>CSV file of the halves that waited too long.</summary>
    public string Orphans => BesideLedger("orphans.csv");

    /// <summary>The quarantine of the nodes that log into the store's folder.</summary>
    public string Quarantine => Path.Combine(ParentFolder.Of(Database), QuarantineFile.Name);

    /// <summary>Names the copy that a repair keeps of the former index.</summary>
    /// <param name="time">When it was repaired.</param>
    public string Former(DateTimeOffset time) => $"{Database}.{time.UtcDateTime.ToString(FormerTime, CultureInfo.InvariantCulture)}";

    /// <summary>Returns true if the path names one of these files, even if the file does not exist.</summary>
    public bool Has(string path)
    {
        var file = Path.GetFullPath(path);
        return AllParts.Any(part => IsOneOf(file, Database + part, Fresh + part))
            || IsFormer(file)
            || IsOneOf(file, [Ledger, Late, Orphans])
            || IsOneOf(file, [CsvEnd.TornOf(Ledger), CsvEnd.TornOf(Late), CsvEnd.TornOf(Orphans)])
            || CsvSegments.IsSegment(Ledger, file)
            || IsOneOf(file, QuarantineFile.FilesOf(Quarantine));
    }

    private bool IsFormer(string file)
    {
        var beginning = Path.GetFullPath(Database) + ".";
        return file.StartsWith(beginning, StringComparison.Ordinal)
            && AllParts.Any(part => file.Length >= beginning.Length + part.Length
                && file.EndsWith(part, StringComparison.Ordinal)
                && DateTime.TryParseExact(file[beginning.Length..^part.Length], FormerTime, CultureInfo.InvariantCulture,
                    DateTimeStyles.None, out _));
    }

    private static bool IsOneOf(string file, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (file == Path.GetFullPath(path))
            {
                return true;
            }
        }

        return false;
    }

    private string BesideLedger(string name) => Path.Combine(ParentFolder.Of(Ledger), name);
}
