using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Diabetes.Hosting.Hocon;

/// <summary>
/// Flattens a resolved document into the keys of <see cref="IConfiguration"/>: colons between levels, the index for an item. There is
/// one provider for all layers, since a substitution may ask for a key that a later layer sets.
/// </summary>
internal sealed class HoconConfigurationProvider(IReadOnlyList<HoconObject> layers, Func<string, string?> environment) : ConfigurationProvider
{
    /// <summary>The resolved document with the place of every value.</summary>
    public HoconObject Document { get; private set; } = new(new HoconOrigin("", 0));

    public override void Load()
    {
        var whole = new HoconObject(new HoconOrigin("configuration", 0));
        foreach (var layer in layers)
        {
            whole.Absorb(layer);
        }

        Document = HoconResolver.Resolve(whole, environment);
        Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Flatten(Document, "");
    }

    private void Flatten(HoconNode node, string key)
    {
        switch (node)
        {
            case HoconObject section:
                foreach (var name in section.Fields.Keys)
                {
                    Flatten(section[name]!, Below(key, name));
                }

                break;
            case HoconArray array:
                for (var i = 0; i < array.Items.Count; i++)
                {
                    Flatten(array.Items[i], Below(key, i.ToString(CultureInfo.InvariantCulture)));
                }

                break;
            case HoconLiteral literal:
                Data[key] = literal.Kind == HoconLiteralKind.Null ? null : literal.Text;
                break;
        }
    }

    private static string Below(string key, string name) => key.Length == 0 ? name : ConfigurationPath.Combine(key, name);
}
