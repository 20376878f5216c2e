using System.Text;
using Diabetes.Domain.Ids;
using Xunit;

namespace Diabetes.Domain.Tests.Ids;

public class JoinKeyTests
{
    [Fact]
    public void GetHashCode_NumbersMadeToCollide_Differ()
    {
        // Their stable hashes end with the same 32 bits, since its mixing can be undone.
        JoinKey[] keys = [.. Enumerable.Range(0, 40_000).Select(high => JoinKey.Of((long)Unmixed((ulong)high << 32)))];

        Assert.Single(keys.Select(key => (uint)key.StableHash64).Distinct());
        Assert.InRange(keys.Select(key => key.GetHashCode()).Distinct().Count(), 39_900, 40_000);
    }

    [Fact]
    public void GetHashCode_OfText_IsThatOfTheRuntimeWhichIsKeyed() =>
        Assert.Equal("a".GetHashCode(StringComparison.Ordinal), JoinKey.Of("a").GetHashCode());

    /// <summary>Lists tokens whose pairs are equal, or differ, in every way that two spellings can.</summary>
    private static readonly string[] Tokens =
    [
        "1730027639", "1730027639.0", "1.730027639e9", "1730027639.447099", "1730027639.4470990", "1730027639447099e-6",
        "1730027639.4470991",
        "\"1730027639.447099\"", "\"1730027639.4470990\"", "\"1730027639\"", "0", "-0", "0.0", "-0.0", "0e5", "5e-324", "1e-400", "\"0\"",
        "1", "1E0",
        "9007199254740992", "9007199254740993", "9007199254740992.0", "9007199254740993.0", "9223372036854775807", "9223372036854775808",
        "9.223372036854775807e18",
        "-9223372036854775808", "-9.223372036854775808e18", "-9223372036854775809", "10000000000000000000000", "1e22", "1e23",
        "100000000000000000000000",
        "99999999999999991611392", "273269574387529384752983745238475298374", "\"273269574387529384752983745238475298374\"", "\"a\"",
        "\"\\u0061\"", "\"A\"", "\"é\"", "\"\\u00e9\"",
        "\"6fa459ea-ee8a-3ca4-894e-db77e160355e\"", "\"6FA459EA-EE8A-3CA4-894E-DB77E160355E\"", "\" a\"", "\"\\ud83d\\ude00\"", "\"😀\"",
        "\"NaN\"", "\"inf\"",
    ];

    [Fact]
    public void Equals_OfAnyTwoSpellings_IsWhatPythonsDictSays()
    {
        var pairs = (from left in Tokens from right in Tokens select (Left: left, Right: right)).ToArray();
        var python = Python.Map(
            pairs.Select(pair => $"[{pair.Left}, {pair.Right}]"), "1 if len({x: 0 for x in json.loads(line)}) == 1 else 0");

        foreach (var ((left, right), same) in pairs.Zip(python))
        {
            Assert.True(Key(left).Equals(Key(right)) == (same == "1"), $"{left} and {right}: Python says {same}");
            if (same == "1")
            {
                Assert.Equal(Key(left).GetHashCode(), Key(right).GetHashCode());
            }
        }
    }

    [Fact]
    public void Text_OfAnyTwoKeys_IsTheSameForEqualOnesOnly()
    {
        var keys = Tokens.Select(Key).ToArray();

        foreach (var left in keys)
        {
            foreach (var right in keys)
            {
                Assert.Equal(left == right, left.ToString() == right.ToString());
            }
        }
    }

    [Theory]
    [InlineData("1730027639.4470990", "1730027639.447099")]
    [InlineData("1730027639.0", "1730027639")]
    [InlineData("1e22", "10000000000000000000000")]
    [InlineData("\"1730027639.447099\"", "\"1730027639.447099\"")]
    [InlineData("\"\\u0061\"", "\"a\"")]
    public void Text_OfAKey_IsItsCanonicalForm(string token, string text) => Assert.Equal(text, Key(token).ToString());

    /// <summary>Checks fixed hash values, because shards and stores outlive a process and a changed hash would break them.</summary>
    [Theory]
    [InlineData("1730027639", 3130755145454810090ul)]
    [InlineData("1730027639.447099", 7357978811052766198ul)]
    [InlineData("\"6fa459ea-ee8a-3ca4-894e-db77e160355e\"", 15314174899597139429ul)]
    [InlineData("273269574387529384752983745238475298374", 4564307321164709276ul)]
    public void StableHash64_OfAKey_NeverChanges(string token, ulong hash) => Assert.Equal(hash, Key(token).StableHash64);

    [Theory]
    [InlineData(8)]
    [InlineData(7)]
    public void StableHash64_OfNewIds_FillsShardsEvenly(int shards)
    {
        const int Ids = 80_000;
        var sequence = new IdSequence(1_730_027_639_447_099);
        var counts = new int[shards];

        for (var i = 0; i < Ids; i++)
        {
            counts[sequence.Next(0).Key.StableHash64 % (ulong)shards]++;
        }

        Assert.All(counts, count => Assert.InRange(count, Ids * 0.95 / shards, Ids * 1.05 / shards));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_ANumberThatEqualsNothing_Throws(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => JoinKey.Of(value));

    private static JoinKey Key(string token)
    {
        Assert.True(ObservationId.TryParse(Encoding.UTF8.GetBytes(token), false, out var id), token);
        return id.Key;
    }

    /// <summary>Undoes the mixing of the stable hash.</summary>
    private static ulong Unmixed(ulong value)
    {
        value = Unshifted(value, 31) * Inverse(0x94D049BB133111EB);
        value = Unshifted(value, 27) * Inverse(0xBF58476D1CE4E5B9);
        return Unshifted(value, 30);
    }

    private static ulong Unshifted(ulong value, int shift) => value ^ (value >> shift) ^ (value >> (2 * shift));

    /// <summary>The inverse of an odd number modulo 2^64, by Newton's method.</summary>
    private static ulong Inverse(ulong odd) =>
        Enumerable.Range(0, 6).Aggregate(odd, (inverse, _) => unchecked(inverse * (2 - (odd * inverse))));
}
