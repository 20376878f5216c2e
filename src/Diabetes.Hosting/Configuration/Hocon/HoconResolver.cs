namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>
/// Replaces substitutions, joins concatenations and merges the assignments of a field. It is lazy: an object is merged field by field
/// without evaluating the fields, so that objects may refer into themselves and each other. A field that is needed while it is being
/// evaluated has the value of its earlier assignments: so <c>path = ${path} [x]</c> works and a circle ends.
/// </summary>
internal sealed class HoconResolver
{
    private readonly HoconObject _root;
    private readonly Func<string, string?> _environment;
    private readonly Dictionary<HoconField, HoconNode?> _settled = [];
    private readonly Dictionary<HoconField, int> _open = [];
    private readonly Stack<HoconSubstitution> _trail = new();
    private readonly HoconBudget _budget = new();
    private int _circles;
    private int _depth;

    private HoconResolver(HoconObject root, Func<string, string?> environment) => (_root, _environment) = (root, environment);

    /// <param name="root">The whole document. It is not changed.</param>
    /// <param name="environment">Looks up paths that the document does not have; returns null if there is no such variable.</param>
    /// <returns>A tree of objects, arrays and literals only, with one layer for each field.</returns>
    /// <exception cref="HoconException">A substitution has no value or leads back to itself, or values cannot be joined.</exception>
    public static HoconObject Resolve(HoconObject root, Func<string, string?> environment)
    {
        var resolver = new HoconResolver(root, environment);
        return new HoconUnfolding(resolver.Settle, resolver.Evaluate, resolver._budget).Unfold(root);
    }

    /// <returns>The field's value, its inner parts not yet evaluated; null if it has none.</returns>
    private HoconNode? Settle(HoconField field)
    {
        if (_open.TryGetValue(field, out var layer))
        {
            _circles++;
            return Fold(field, layer - 1);
        }

        if (!_settled.TryGetValue(field, out var value))
        {
            value = Fold(field, field.Layers.Count - 1);
            _settled[field] = value;
        }

        return value;
    }

    /// <summary>Evaluates a field's assignments up to number <paramref name="layer"/>.</summary>
    private HoconNode? Fold(HoconField field, int layer)
    {
        if (layer < 0)
        {
            return null;
        }

        if (_depth >= HoconLimits.Chain)
        {
            throw new HoconException(
                field.Layers[layer].Origin, $"more than {HoconLimits.Chain} values lead to one another by substitution");
        }

        var inner = _open.TryGetValue(field, out var outer);
        _open[field] = layer;
        _depth++;
        try
        {
            return Combine(field, layer);
        }
        finally
        {
            _depth--;
            if (inner)
            {
                _open[field] = outer;
            }
            else
            {
                _open.Remove(field);
            }
        }
    }

    private HoconNode? Combine(HoconField field, int layer) => field.Layers[layer] switch
    {
        HoconAppend append => _budget.Make(HoconConcatenator.Append(Fold(field, layer - 1), append)),
        var written => Evaluate(written) switch
        {
            null => Fold(field, layer - 1),
            HoconObject upper when Fold(field, layer - 1) is HoconObject lower => _budget.Make(HoconConcatenator.Merge(lower, upper)),
            var value => value,
        },
    };

    private HoconNode? Evaluate(HoconNode node)
    {
        _budget.Evaluate(node);
        return node switch
        {
            HoconSubstitution substitution => Substitute(substitution),
            HoconConcatenation concatenation =>
                _budget.Make(HoconConcatenator.Join(concatenation.Origin, [.. concatenation.Parts.Select(Evaluate)])),
            HoconFieldValue value => Settle(value.Field),
            _ => node,
        };
    }

    private HoconNode? Substitute(HoconSubstitution substitution)
    {
        var circles = _circles;
        _trail.Push(substitution);
        var value = substitution.Roots.Select(root => Find(root.Then(substitution.Path))).FirstOrDefault(found => found is not null)
                    ?? External(substitution);
        if (value is null && !substitution.Optional)
        {
            throw Undefined(substitution, _circles > circles);
        }

        _trail.Pop();
        return value switch
        {
            // A message about the value should lead to the line that chose it.
            HoconLiteral { Origin.Line: > 0 } literal => new HoconLiteral(substitution.Origin, literal.Kind, literal.Text),
            HoconObject section => _budget.Make(Closed(section)),
            _ => value,
        };
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

            value = Settle(field);
        }

        return value;
    }

    // Values that other assignments join to the object here do not count as earlier values of its fields.
    private static HoconObject Closed(HoconObject section)
    {
        var closed = new HoconObject(section.Origin);
        foreach (var (key, field) in section.Fields)
        {
            closed.Put(key, new HoconField(new HoconFieldValue(section.Origin, field)));
        }

        return closed;
    }

    private HoconLiteral? External(HoconSubstitution substitution) => _environment(substitution.Path.Plain) is { } text
        ? new HoconLiteral(
            substitution.Origin with
            {
                Source = $"environment variable {substitution.Path.Plain}, read at {substitution.Origin}",
                Line = 0,
            },
            HoconLiteralKind.String,
            text)
        : null;

    private HoconException Undefined(HoconSubstitution substitution, bool circle) => new(substitution.Origin, circle
        ? $"{substitution} leads back to itself ({string.Join(" -> ", _trail.Reverse().Select(step => step.Path.ToString()))}) "
          + "and there is no earlier value"
        : $"{substitution} has no value: there is no such key and no such environment variable; "
          + $"set one, or write ${{?{substitution.Path}}}");
}
