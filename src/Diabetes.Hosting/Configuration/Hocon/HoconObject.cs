namespace Diabetes.Hosting.Configuration.Hocon;

internal sealed class HoconObject(HoconOrigin origin) : HoconNode(origin)
{
    private readonly OrderedDictionary<string, HoconField> _fields = [];

    /// <summary>The fields in the order of their first assignment.</summary>
    public IReadOnlyDictionary<string, HoconField> Fields => _fields;

    /// <summary>Returns a field's value in a resolved object; null if it has no such field.</summary>
    public HoconNode? this[string key] => _fields.TryGetValue(key, out var field) ? field.Layers[^1] : null;

    /// <summary>Adds an assignment, making the objects on the way.</summary>
    /// <exception cref="HoconException">The path is too long.</exception>
    public void Assign(HoconPath path, HoconNode value)
    {
        if (path.Keys.Count > HoconLimits.Nesting)
        {
            throw new HoconException(value.Origin, $"a path has more than {HoconLimits.Nesting} keys");
        }

        for (var i = path.Keys.Count - 1; i > 0; i--)
        {
            var parent = new HoconObject(value.Origin);
            parent.Field(path.Keys[i]).Assign(value);
            value = parent;
        }

        Field(path.Keys[0]).Assign(value);
    }

    /// <summary>Moves another object's assignments behind this one's. The other must not be used afterwards.</summary>
    public void Absorb(HoconObject later)
    {
        foreach (var (key, field) in later._fields)
        {
            foreach (var layer in field.Layers)
            {
                Field(key).Assign(layer);
            }
        }
    }

    /// <summary>Shares the field with its former object.</summary>
    public void Put(string key, HoconField field) => _fields[key] = field;

    private HoconField Field(string key)
    {
        if (!_fields.TryGetValue(key, out var field))
        {
            _fields.Add(key, field = new HoconField());
        }

        return field;
    }
}
