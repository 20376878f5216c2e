namespace Diabetes.Hosting.Hocon;

/// <summary>What <c>+=</c> assigns: the field's earlier value, which must be an array or absent, with these items behind it.</summary>
internal sealed class HoconAppend(HoconOrigin origin, IReadOnlyList<HoconNode> items) : HoconNode(origin)
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}
