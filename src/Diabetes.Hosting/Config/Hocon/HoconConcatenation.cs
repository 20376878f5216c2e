namespace Diabetes.Hosting.Hocon;

/// <summary>Several values on one line, not yet joined because one of them is a substitution, an array or an object.</summary>
internal sealed class HoconConcatenation(HoconOrigin origin, IReadOnlyList<HoconNode> parts) : HoconNode(origin)
{
    public IReadOnlyList<HoconNode> Parts { get; } = parts;
}
