namespace Diabetes.Actors;

/// <summary>Routees, each at several points of a ring of hashes. Immutable.</summary>
internal sealed class HashRing
{
    public static readonly HashRing Empty = new([], 1);

    private readonly ulong[] _points;
    private readonly Routee[] _owners;

    public HashRing(Routee[] routees, int virtualNodes)
    {
        Routees = routees;
        _points = new ulong[routees.Length * virtualNodes];
        _owners = new Routee[_points.Length];
        for (var i = 0; i < _points.Length; i++)
        {
            _owners[i] = routees[i / virtualNodes];
            _points[i] = StableHash.Of($"{_owners[i]}:{i % virtualNodes}");
        }

        Array.Sort(_points, _owners);
    }

    /// <summary>What it was made of.</summary>
    public Routee[] Routees { get; }

    /// <summary>The owner of the first point at or after <paramref name="hash"/>, going round.</summary>
    public Routee Find(ulong hash)
    {
        var index = Array.BinarySearch(_points, hash);
        return _owners[(index < 0 ? ~index : index) % _owners.Length];
    }
}
