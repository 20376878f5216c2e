namespace Diabetes.Domain.Ids;

/// <summary>Hashes that do not change from process to process, as <see cref="string.GetHashCode()"/> does.</summary>
internal static class StableHash
{
    /// <summary>Keeps a text apart from the number that has its hash for bits.</summary>
    public const ulong TextSalt = 0x9E3779B97F4A7C15;

    /// <summary>FNV-1a over the UTF-16 units; the caller mixes.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037ul;
        foreach (var unit in text) hash = (hash ^ unit) * 1099511628211ul;
        return hash;
    }

    /// <summary>The finaliser of SplitMix64: every bit out depends on every bit in, so that low bits may pick a shard.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
