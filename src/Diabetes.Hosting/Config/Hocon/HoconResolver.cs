namespace Diabetes.Hosting.Hocon;

/// <summary>
/// Replaces substitutions, joins concatenations and merges what lies on top of each other. Lazy: an object is merged field by field
/// without a look at the fields, so that objects may refer into themselves and each other. A field that is asked for while it is being
/// evaluated answers with its earlier assignments: that is what makes <c>path = ${path} [x]</c> work and a circle end.
/// </summary>
internal sealed class HoconResolver
{
    private readonly HoconObject _root;
    private readonly Func<string, string?> _environment;
    private readonly Dictionary<HoconField, HoconNode?> _settled = [];
    private readonly Dictionary<HoconField, int> _open = [];
    private readonly Stack<HoconSubstitution> _trail = new();
    private bool _circle;
    private int _evaluations;
    private long _joined;

    private HoconResolver(HoconObject root, Func<string, string?> environment) => (_root, _environment) = (root, environment);

    /// <param name="root">The whole document. It is not changed.</param>
    /// <param name="environment">Asked for paths that the document does not have; null if it has none either.</param>
    /// <returns>A tree of objects, arrays and literals alone, one layer a field.</returns>
    /// <exception cref="HoconException">A substitution that leads nowhere or back to itself, or values that cannot be joined.</exception>
    public static HoconObject Resolve(HoconObject root, Func<string, string?> environment)
    {
        var resolver = new HoconResolver(root, environment);
        return new HoconUnfolding(resolver.Settle, resolver.Evaluate).Unfold(root);
    }

    /// <returns>The field's value, its inner parts not yet evaluated; null if it has none.</returns>
    private HoconNode? Settle(HoconField field)
    {
        if (!_settled.TryGetValue(field, out var value))
        {
            value = Fold(field, field.Layers.Count - 1);
            _settled[field] = value;
        }

        return value;
    }

    /// <summary>The value of a field's assignments up to number <paramref name="layer"/>.</summary>
    private HoconNode? Fold(HoconField field, int layer)
    {
        if (layer < 0)
        {
            return null;
        }

        var before = _open.TryGetValue(field, out var open) ? open : int.MaxValue;
        _open[field] = layer;
        try
        {
            if (field.Layers[layer] is HoconAppend append)
            {
                return HoconConcatenator.Append(Fold(field, layer - 1), append);
            }

            var value = Evaluate(field.Layers[layer]);
            return value switch
            {
                null => Fold(field, layer - 1),
                HoconObject upper when Fold(field, layer - 1) is HoconObject lower => HoconConcatenator.Merge(lower, upper),
                _ => value,
            };
        }
        finally
        {
            if (before == int.MaxValue)
            {
                _open.Remove(field);
            }
            else
            {
                _open[field] = before;
            }
        }
    }

    private HoconNode? Evaluate(HoconNode node)
    {
        if (++_evaluations > HoconLimits.Evaluations)
        {
            throw new HoconException(node.Origin, $"the substitutions of the document unfold to more than {HoconLimits.Evaluations} values");
        }

        return node switch
        {
            HoconSubstitution substitution => Substitute(substitution),
            HoconConcatenation concatenation => Join(concatenation),
            HoconLazyField lazy => Settle(lazy.Field),
            _ => node,
        };
    }

    // Joining is the one step that makes something larger than what was written.
    private HoconNode? Join(HoconConcatenation concatenation)
    {
        var joined = HoconConcatenator.Join(concatenation.Origin, [.. concatenation.Parts.Select(Evaluate)]);
        _joined += joined switch
        {
            HoconLiteral literal => literal.Text.Length,
            HoconArray array => array.Items.Count,
            _ => 0,
        };
        return _joined <= HoconLimits.Joined
            ? joined
            : throw new HoconException(concatenation.Origin, $"the substitutions of the document unfold to more than {HoconLimits.Joined} characters and items");
    }

    private HoconNode? Substitute(HoconSubstitution substitution)
    {
        if (_trail.Count >= HoconLimits.Chain)
        {
            throw new HoconException(substitution.Origin, $"more than {HoconLimits.Chain} substitutions lead to one another");
        }

        _circle = false;
        _trail.Push(substitution);
        try
        {
            var value = substitution.Roots.Select(root => Find(root.Then(substitution.Path))).FirstOrDefault(found => found is not null)
                        ?? External(substitution);
            return value is null && !substitution.Optional ? throw Undefined(substitution) : Moved(value, substitution.Origin);
        }
        finally
        {
            _trail.Pop();
        }
    }

    private HoconNode? Find(HoconPath path)
    {
        HoconNode? value = _root;
        foreach (var key in path.Keys)
        {
            if (value is not HoconObject parent || !parent.Fields.TryGetValue(key, out var field))
            {
                return null;
            }

            _circle |= _open.ContainsKey(field);
            value = _open.TryGetValue(field, out var layer) ? Fold(field, layer - 1) : Settle(field);
        }

        return value;
    }

    private HoconLiteral? External(HoconSubstitution substitution) => _environment(substitution.Path.Plain) is { } text
        ? new HoconLiteral(
            substitution.Origin with { Source = $"environment variable {substitution.Path.Plain}, read at {substitution.Origin}", Line = 0 },
            HoconLiteralKind.String,
            text)
        : null;

    // A message about the value should lead to the line that chose it.
    private static HoconNode? Moved(HoconNode? value, HoconOrigin origin) =>
        value is HoconLiteral literal && literal.Origin.Line > 0 ? new HoconLiteral(origin, literal.Kind, literal.Text) : value;

    private HoconException Undefined(HoconSubstitution substitution) => new(substitution.Origin, _circle
        ? $"{substitution} leads back to itself ({string.Join(" -> ", _trail.Reverse().Select(step => step.Path.ToString()))}) and there is no earlier value"
        : $"{substitution} has no value: neither a key nor an environment variable {substitution.Path.Plain} is set; set one, or write ${{?{substitution.Path}}}");
}
