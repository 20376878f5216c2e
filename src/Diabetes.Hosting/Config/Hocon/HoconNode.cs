namespace Diabetes.Hosting.Hocon;

/// <summary>
/// A value as it was written: before resolving it may hold substitutions, after it only <see cref="HoconObject"/>,
/// <see cref="HoconArray"/> and <see cref="HoconLiteral"/>.
/// </summary>
internal abstract class HoconNode(HoconOrigin origin)
{
    public HoconOrigin Origin { get; } = origin;
}
