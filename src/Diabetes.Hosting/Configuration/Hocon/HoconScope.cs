namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Says where in the whole document the text being parsed stands.</summary>
/// <param name="At">The path of the object being parsed; null inside an array, which no path leads into.</param>
/// <param name="Roots">Where a substitution's path may start; see <see cref="HoconSubstitution.Roots"/>.</param>
/// <param name="Depth">Objects and arrays around it.</param>
internal sealed record HoconScope(HoconPath? At, IReadOnlyList<HoconPath> Roots, int Depth)
{
    public static readonly HoconScope Document = new(HoconPath.Root, [HoconPath.Root], 0);

    public HoconScope Field(HoconPath path) => this with { At = At?.Then(path), Depth = Depth + path.Keys.Count - 1 };

    public HoconScope InArray() => this with { At = null, Depth = Depth + 1 };

    public HoconScope InObject() => this with { Depth = Depth + 1 };

    /// <summary>Makes the scope of a file that is included here.</summary>
    public HoconScope Included() => At is null or { Keys.Count: 0 } || At.Equals(Roots[0]) ? this : this with { Roots = [At, .. Roots] };
}
