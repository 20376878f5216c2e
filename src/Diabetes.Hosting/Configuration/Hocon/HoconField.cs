namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>
/// One key's assignments, earliest first. Only those that can still matter are kept: a value that hides all before it replaces them,
/// an object on an object merges at once; a substitution lies on top of what it may refer back to.
/// </summary>
internal sealed class HoconField
{
    private readonly List<HoconNode> _layers = [];

    public HoconField(params IEnumerable<HoconNode> layers) => _layers.AddRange(layers);

    public IReadOnlyList<HoconNode> Layers => _layers;

    public void Assign(HoconNode value)
    {
        var top = _layers.Count > 0 ? _layers[^1] : null;
        switch (value, top)
        {
            case (HoconLiteral or HoconArray, _):
            case (HoconObject, HoconLiteral or HoconArray or HoconAppend):
                _layers.Clear();
                _layers.Add(value);
                break;
            case (HoconObject upper, HoconObject lower):
                lower.Absorb(upper);
                break;
            case (HoconAppend more, HoconArray array):
                _layers[^1] = new HoconArray(array.Origin, [.. array.Items, .. more.Items]);
                break;
            case (HoconAppend more, HoconAppend first):
                _layers[^1] = new HoconAppend(first.Origin, [.. first.Items, .. more.Items]);
                break;
            default:
                _layers.Add(value);
                break;
        }
    }
}
