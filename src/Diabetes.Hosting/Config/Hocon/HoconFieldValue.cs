namespace Diabetes.Hosting.Hocon;

/// <summary>The value that a field of another object has, all its assignments together.</summary>
internal sealed class HoconFieldValue(HoconOrigin origin, HoconField field) : HoconNode(origin)
{
    public HoconField Field { get; } = field;
}
