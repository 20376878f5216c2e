namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Evaluates every field and item, from the root down: the last step of resolving.</summary>
/// <param name="settle">Returns a field's value, or null if it has none.</param>
/// <param name="evaluate">Returns an item's value, or null if it has none.</param>
/// <param name="budget">Counts a value as often as it is repeated.</param>
internal sealed class HoconUnfolding(Func<HoconField, HoconNode?> settle, Func<HoconNode, HoconNode?> evaluate, HoconBudget budget)
{
    private readonly HashSet<HoconNode> _parents = [];

    public HoconObject Unfold(HoconObject lazy)
    {
        Enter(lazy);
        var result = new HoconObject(lazy.Origin);
        foreach (var (key, field) in lazy.Fields)
        {
            if (settle(field) is { } value)
            {
                result.Put(key, new HoconField(Unfold(value)));
            }
        }

        _parents.Remove(lazy);
        return result;
    }

    private HoconNode Unfold(HoconNode value)
    {
        budget.Evaluate(value);
        return value switch
        {
            HoconObject lazy => Unfold(lazy),
            HoconArray lazy => Unfold(lazy),
            _ => value,
        };
    }

    private HoconArray Unfold(HoconArray lazy)
    {
        Enter(lazy);
        var items = lazy.Items.Select(evaluate).OfType<HoconNode>().Select(Unfold).ToArray();
        _parents.Remove(lazy);
        return new HoconArray(lazy.Origin, items);
    }

    private void Enter(HoconNode value)
    {
        if (!_parents.Add(value) || _parents.Count > 2 * HoconLimits.Nesting)
        {
            throw new HoconException(
                value.Origin,
                $"the value contains itself through a substitution, or nests more than {2 * HoconLimits.Nesting} objects "
                + "and arrays");
        }
    }
}
