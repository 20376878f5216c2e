using System.Text;
using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>Lists the names that a member of an object may have. If an object has several of them, the first in this list counts.</summary>
internal sealed class MemberNames(params string[] names)
{
    private readonly byte[][] _utf8 = Array.ConvertAll(names, Encoding.UTF8.GetBytes);

    public int Count => names.Length;

    public string this[int rank] => names[rank];

    /// <summary>Returns the index in this list of the name at the reader, or -1.</summary>
    public int RankOf(ref Utf8JsonReader json)
    {
        for (var rank = 0; rank < _utf8.Length; rank++)
        {
            if (json.ValueTextEquals(_utf8[rank]))
            {
                return rank;
            }
        }

        return -1;
    }

    /// <summary>Returns the name at the reader if it differs from one of these only in upper and lower case (of ASCII).</summary>
    public string? InOtherCase(ref Utf8JsonReader json)
    {
        foreach (var name in _utf8)
        {
            if (Ascii.EqualsIgnoreCase(json.ValueSpan, name))
            {
                return Encoding.ASCII.GetString(json.ValueSpan);
            }
        }

        return null;
    }

    public override string ToString() => string.Join(", ", names);
}
