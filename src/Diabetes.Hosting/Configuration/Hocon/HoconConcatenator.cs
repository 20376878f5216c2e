using System.Globalization;

namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Joins values: simple ones to a string, arrays to an array, objects to an object.</summary>
internal static class HoconConcatenator
{
    /// <param name="origin">Where the concatenation was written.</param>
    /// <param name="parts">The parts in order; null stands for an optional substitution without a value.</param>
    /// <returns>Null if no part but blanks has a value.</returns>
    public static HoconNode? Join(HoconOrigin origin, IReadOnlyList<HoconNode?> parts)
    {
        var values = parts.OfType<HoconNode>().Where(part => !IsBlank(part)).ToArray();
        return values switch
        {
            [] => null,
            _ when values.All(value => value is HoconLiteral) => Text(origin, parts),
            _ when values.All(value => value is HoconObject) => values.Cast<HoconObject>().Aggregate(Merge),
            _ when values.Any(value => value is HoconArray) => new HoconArray(
                origin, [.. values.SelectMany(value => Items(origin, value))]),
            _ => throw Mixed(origin),
        };
    }

    /// <summary>Appends items to a field's earlier value.</summary>
    public static HoconArray Append(HoconNode? earlier, HoconAppend more) =>
        new(more.Origin, earlier is null ? more.Items : [.. Items(more.Origin, earlier), .. more.Items]);

    /// <summary>Merges two objects. Where both have a field, the later assignments come after the earlier ones.</summary>
    public static HoconObject Merge(HoconObject lower, HoconObject upper)
    {
        var merged = new HoconObject(upper.Origin);
        foreach (var (key, field) in lower.Fields)
        {
            merged.Put(key, field);
        }

        foreach (var (key, field) in upper.Fields)
        {
            merged.Put(key, lower.Fields.TryGetValue(key, out var below) ? new HoconField([.. below.Layers, .. field.Layers]) : field);
        }

        return merged;
    }

    // Where an array is needed, an object whose keys are numbers is read as an array, in the order of the numbers.
    private static IEnumerable<HoconNode> Items(HoconOrigin origin, HoconNode value)
    {
        if (value is HoconArray array)
        {
            return array.Items;
        }

        var numbered = ((value as HoconObject)?.Fields ?? new Dictionary<string, HoconField>())
            .Select(
                field => (Index: int.TryParse(field.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? i : -1, field.Value))
            .Where(field => field.Index >= 0)
            .OrderBy(field => field.Index)
            .Select(field => new HoconFieldValue(origin, field.Value))
            .ToArray();
        return numbered.Length > 0 ? numbered : throw Mixed(origin);
    }

    private static HoconLiteral Text(HoconOrigin origin, IReadOnlyList<HoconNode?> parts) =>
        new(origin, HoconLiteralKind.String, string.Concat(parts.OfType<HoconLiteral>().Select(part => part.Text)));

    private static bool IsBlank(HoconNode part) => part is HoconLiteral { Kind: HoconLiteralKind.Whitespace };

    private static HoconException Mixed(HoconOrigin origin) =>
        new(origin, "simple values, arrays and objects cannot be joined with each other; separate them by a comma or a new line");
}
