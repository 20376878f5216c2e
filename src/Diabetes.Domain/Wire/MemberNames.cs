using System.Text.Json;
using System.Text;

namespace Diabetes.Domain.Wire;

/// <summary>Names that an object's member may have, the one that counts most first.</summary>
internal sealed class MemberNames(params string[] names)
{
    private readonly byte[][] _utf8 = Array.ConvertAll(names, Encoding.UTF8.GetBytes);

    public int Count => names.Length;

    public string this[int rank] => names[rank];

    /// <summary>The rank of the name that the reader stands on, or -1.</summary>
    public int RankOf(ref Utf8JsonReader json)
    {
        for (var rank = 0; rank < _utf8.Length; rank++)
        {
            if (json.ValueTextEquals(_utf8[rank])) return rank;
        }

        return -1;
    }

    public override string ToString() => string.Join(", ", names);
}
