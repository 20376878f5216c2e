namespace Diabetes.Hosting.Hocon;

internal sealed class HoconArray(HoconOrigin origin, IReadOnlyList<HoconNode> items) : HoconNode(origin)
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}
