namespace Diabetes.Domain.Ids;

/// <summary>Computes hashes that are the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    /// <summary>Added for text, so that it does not collide with the number whose bits equal its hash.</summary>
    public const ulong TextSalt = 0x9E3779B97F4A7C15;

    /// <summary>Computes FNV-1a over the UTF-16 units. The caller mixes the result.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037ul;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 1099511628211ul;
        }

        return hash;
    }

    /// <summary>
    /// Mixes the bits with the finaliser of SplitMix64: every output bit depends on every input bit, so the low bits can select a shard.
    /// </summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
