using System.Text;

namespace Diabetes.Actors;

/// <summary>
/// Where an actor lives: <c>akka://system/user/parent/child</c>. Two paths are equal if their names are; the uid that tells incarnations of one
/// name apart does not count.
/// </summary>
public sealed class ActorPath : IEquatable<ActorPath>
{
    private readonly ActorPath? _parent;

    private ActorPath(Address address, ActorPath? parent, string name, long uid)
    {
        Address = address;
        _parent = parent;
        Name = name;
        Uid = uid;
        Depth = parent is null ? 0 : parent.Depth + 1;
    }

    /// <summary>The system.</summary>
    public Address Address { get; }

    /// <summary>The last element; <c>/</c> for the root.</summary>
    public string Name { get; }

    /// <summary>Tells this actor from earlier ones of the same path; 0 where no actor is meant.</summary>
    public long Uid { get; }

    /// <summary>Elements below the root.</summary>
    public int Depth { get; }

    /// <summary>One element up; the root is its own parent.</summary>
    public ActorPath Parent => _parent ?? this;

    /// <summary>The elements, outermost first; none for the root.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            for (var path = this; path._parent is not null; path = path._parent)
            {
                elements[path.Depth - 1] = path.Name;
            }

            return elements;
        }
    }

    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    /// <summary>The path of a child of this name.</summary>
    public static ActorPath operator /(ActorPath path, string name) => new(path.Address, path, name, 0);

    /// <summary>Reads <c>akka://system/user/a</c>.</summary>
    /// <exception cref="FormatException">It is no such path.</exception>
    public static ActorPath Parse(string path) => TryParse(path, out var parsed)
        ? parsed
        : throw new FormatException($"'{path}' is not an actor path. One looks like akka://system/user/name.");

    /// <summary>Reads <c>akka://system/user/a</c>.</summary>
    public static bool TryParse(string path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return false;
        }

        var parts = path[(scheme + 3)..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return false;
        }

        actorPath = Root(new Address(path[..scheme], parts[0]));
        foreach (var part in parts.AsSpan(1))
        {
            actorPath /= part.Split('#')[0];
        }

        return true;
    }

    /// <summary>Whether an actor may be given this name: letters, digits and <c>-_.*$+:@&amp;=,!~';()</c>, not <c>$</c> first.</summary>
    public static bool IsValidPathElement(string s)
        => s.Length > 0 && s[0] != '$' && s.AsSpan().IndexOfAnyExcept(PathSymbols.Valid) < 0;

    /// <summary>The path of a child of this name.</summary>
    public ActorPath Child(string childName) => this / childName;

    /// <summary><c>/user/a</c>.</summary>
    public string ToStringWithoutAddress()
    {
        if (_parent is null)
        {
            return "/";
        }

        var text = new StringBuilder();
        foreach (var element in Elements)
        {
            text.Append('/').Append(element);
        }

        return text.ToString();
    }

    /// <summary><c>akka://system/user/a#7</c>.</summary>
    public string ToStringWithUid() => Uid == 0 ? ToString() : $"{this}#{Uid}";

    /// <summary><c>akka://system/user/a</c>.</summary>
    public override string ToString() => Address + ToStringWithoutAddress();

    /// <inheritdoc/>
    public bool Equals(ActorPath? other)
    {
        if (other is null || other.Depth != Depth || other.Address != Address)
        {
            return false;
        }

        var (left, right) = (this, other);
        while (left._parent is not null && !ReferenceEquals(left, right))
        {
            if (left.Name != right.Name)
            {
                return false;
            }

            (left, right) = (left._parent, right.Parent);
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (var path = this; path._parent is not null; path = path._parent)
        {
            hash.Add(path.Name, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    internal static ActorPath Root(Address address) => new(address, null, "/", 0);

    internal ActorPath Incarnation(string name, long uid) => new(Address, this, name, uid);
}
