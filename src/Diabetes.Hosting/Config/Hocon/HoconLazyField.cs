namespace Diabetes.Hosting.Hocon;

/// <summary>A field of an object that became an item of an array before it was evaluated.</summary>
internal sealed class HoconLazyField(HoconOrigin origin, HoconField field) : HoconNode(origin)
{
    public HoconField Field { get; } = field;
}
