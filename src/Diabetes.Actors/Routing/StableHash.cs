using System.Globalization;
using System.Runtime.InteropServices;

namespace Diabetes.Actors;

/// <summary>FNV-1a with a final mix: the same in every process, which the runtime's own hash codes are not.</summary>
internal static class StableHash
{
    public static ulong Of(object key) => key switch
    {
        string text => Of(MemoryMarshal.AsBytes(text.AsSpan())),
        byte[] bytes => Of(bytes),
        long number => Of(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number))),
        int number => Of((object)(long)number),
        IFormattable value => Of((object)value.ToString(null, CultureInfo.InvariantCulture)),
        _ => Of((object)(key.ToString() ?? string.Empty)),
    };

    private static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
