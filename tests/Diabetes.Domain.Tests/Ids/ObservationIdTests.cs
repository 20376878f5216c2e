using System.Text;
using Diabetes.Domain.Ids;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Ids;

public class ObservationIdTests
{
    private static readonly string[] Tokens =
    [
        "1730027639.447099", "1730027639.4470990", "1730027639.0", "1730027639", "1.730027639447099e9", "1E5", "1e22", "1e-7", "-0", "-0.0",
        "0", "0.1",
        "123456789012345678901234567890", "\"abc\"", "\"a\\u0062c\"", "\"é\"", "\"\\u00e9\"", "\"a,b\\\"c\\n\"", "\"1730027639.447099\"",
        "9007199254740993.0",
    ];

    [Theory]
    [MemberData(nameof(TokenRows))]
    public void Token_OfAReadId_IsTheBytesThatCame(string token) => Assert.Equal(token, Parse(token).Token);

    [Fact]
    public void ToString_OfAReadId_IsWhatPythonPrints()
    {
        var python = Python.Map(Tokens, "json.dumps(str(json.loads(line)))");

        foreach (var (token, printed) in Tokens.Zip(python))
        {
            Assert.Equal(System.Text.Json.JsonSerializer.Deserialize<string>(printed), Parse(token).ToString());
        }
    }

    [Fact]
    public void FromUnixMicroseconds_OfAnyTime_IsTheTokenThatPythonsJsonWrites()
    {
        var random = new Random(1);
        long[] times =
        [
            0, 1, 10, 999_999, 1_000_000, 1_730_027_639_000_000, 1_730_027_639_447_099, 1_730_027_639_400_000, 4_102_444_800_999_999,
            .. Enumerable.Range(0, 5000).Select(_ => random.NextInt64(1_500_000_000_000_000, 4_200_000_000_000_000)),
        ];
        var python = Python.Map(times.Select(time => $"{time}"), "json.dumps(int(line) / 1e6)");

        foreach (var (time, token) in times.Zip(python))
        {
            Assert.Equal(token, ObservationId.FromUnixMicroseconds(time).Token);
            Assert.Equal(token, ObservationId.FromUnixMicroseconds(time).ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("1e")]
    [InlineData("- 1")]
    [InlineData("1 ")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[1]")]
    public void TryParse_OfWhatIsNoId_SaysNo(string token) =>
        Assert.False(ObservationId.TryParse(Encoding.UTF8.GetBytes(token), false, out _));

    [Fact]
    public void TryParse_OfATokenAsLongAsAllowed_Reads()
    {
        Assert.True(
            ObservationId.TryParse(Encoding.UTF8.GetBytes($"\"{new string('x', ObservationId.MaxLength)}\""), false, out _));
        Assert.True(ObservationId.TryParse(Encoding.UTF8.GetBytes(new string('9', ObservationId.MaxLength)), false, out _));
        Assert.False(
            ObservationId.TryParse(Encoding.UTF8.GetBytes($"\"{new string('x', ObservationId.MaxLength + 1)}\""), false, out _));
    }

    [Theory]
    [InlineData("\"1730027639.447099\"", "1730027639.447099", true)]
    [InlineData("\"1730027639.0\"", "1730027639", true)]
    [InlineData("\"abc\"", "17", false)]
    [InlineData("\"nan\"", "17", false)]
    [InlineData("\" 17\"", "17", false)]
    public void Unify_OfAStringThatHoldsANumber_JoinsThem(string text, string number, bool join)
    {
        Assert.Equal(join, Parse(text, unify: true) == Parse(number, unify: true));
        Assert.NotEqual(Parse(text), Parse(number));
        Assert.Equal(text, Parse(text, unify: true).Token);
        Assert.Equal(Parse(text).ToString(), Parse(text, unify: true).ToString());
    }

    [Fact]
    public void FromText_OfAnyUnicode_ReadsBackTheSame() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>().Filter(text => Encoding.UTF8.GetByteCount(text.Get) < 30 && IsUnicode(text.Get)),
        text =>
        {
            var id = ObservationId.FromText(text.Get);
            Assert.Equal(text.Get, id.ToString());
            Assert.Equal(id, Parse(id.Token));
        }).QuickCheckThrowOnFailure();

    public static TheoryData<string> TokenRows() => [.. Tokens];

    private static bool IsUnicode(string text) => new UTF8Encoding(false, false).GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static ObservationId Parse(string token, bool unify = false)
    {
        Assert.True(ObservationId.TryParse(Encoding.UTF8.GetBytes(token), unify, out var id), token);
        return id;
    }
}
