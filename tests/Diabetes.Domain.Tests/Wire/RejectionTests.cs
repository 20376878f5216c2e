using Diabetes.Domain.Wire;
using Xunit;

namespace Diabetes.Domain.Tests.Wire;

/// <summary>Checks that every message that cannot be decoded has the right reason.</summary>
public class RejectionTests
{
    private const string Scalars = "y_true y_pred";
    private const string Valued = "features y_true y_pred";
    private const string All = "features y_true y_pred notification";

    [Theory]
    [InlineData(All, "", RejectionReason.Empty)]
    [InlineData(All, " ", RejectionReason.NotJson)]
    [InlineData(All, "\uFEFF", RejectionReason.NotJson)]
    [InlineData(All, "hello", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": 1, \"body\": 2", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": 1, \"body\": 2}}", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": 1, \"body\": 2}\n{\"id\": 2, \"body\": 2}", RejectionReason.NotJson)]
    [InlineData(All, "{'id': 1, 'body': 2}", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": 1, \"body\": 2,}", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": 01, \"body\": 2}", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": 1, \"body\": 2, \"x\": NaNa}", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": 1, \"body\": 2, \"x\": nan}", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": 1, \"body\": 2} NaN", RejectionReason.NotJson)]
    [InlineData(All, "{\"id\": \"\\ud800\", \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"body\": 2}", RejectionReason.NoId)]
    [InlineData(All, "{}", RejectionReason.NoId)]
    [InlineData(All, "[]", RejectionReason.NoId)]
    [InlineData(All, "[1, 2]", RejectionReason.NoId)]
    [InlineData(All, "[1, \"a\", 2]", RejectionReason.NoId)]
    [InlineData(All, "[\"a\"]", RejectionReason.NoId)]
    [InlineData(All, "{\"score\": 2}", RejectionReason.NoId)]
    [InlineData(Valued, "295.0", RejectionReason.NoId)]
    [InlineData(Valued, "\"295.0\"", RejectionReason.NoId)]
    [InlineData(Valued, "null", RejectionReason.NoId)]
    [InlineData(Valued, "NaN", RejectionReason.NoId)]
    [InlineData("features", Wire.Ten, RejectionReason.NoId)]
    [InlineData("notification", "null", RejectionReason.BadId)]
    [InlineData("notification", "true", RejectionReason.BadId)]
    [InlineData("notification", "NaN", RejectionReason.BadId)]
    [InlineData("notification", "\"\"", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": null, \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": null, \"ts\": 1, \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": true, \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": {\"a\": 1}, \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": [1], \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": \"\", \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": NaN, \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": -Infinity, \"body\": 2}", RejectionReason.BadId)]
    [InlineData(All, "{\"id\": 1e999, \"body\": 2}", RejectionReason.BadId)]
    [InlineData(Valued, "[2, \"\"]", RejectionReason.BadId)]
    [InlineData(Valued, "{\"id\": 1}", RejectionReason.NoValue)]
    [InlineData("features", "{\"id\": 1, \"y_true\": 2}", RejectionReason.NoValue)]
    [InlineData("y_true", "{\"id\": 1, \"y_pred\": 2}", RejectionReason.NoValue)]
    [InlineData("y_pred", "{\"id\": 1, \"y_true\": 2}", RejectionReason.NoValue)]
    [InlineData(Valued, "{\"id\": 1, \"body\": null}", RejectionReason.NotANumber)]
    [InlineData(Valued, "{\"id\": 1, \"body\": true}", RejectionReason.NotANumber)]
    [InlineData(Valued, "{\"id\": 1, \"body\": \"295.0\"}", RejectionReason.NotANumber)]
    [InlineData(Valued, "{\"id\": 1, \"body\": NaN}", RejectionReason.NotANumber)]
    [InlineData(Valued, "{\"id\": 1, \"body\": -Infinity}", RejectionReason.NotANumber)]
    [InlineData(Valued, "{\"id\": 1, \"body\": 1e999}", RejectionReason.NotANumber)]
    [InlineData(Valued, "{\"id\": 1, \"body\": null, \"value\": 2, \"X\": []}", RejectionReason.NotANumber)]
    [InlineData(Valued, "[NaN, \"a\"]", RejectionReason.NotANumber)]
    [InlineData(Valued, "{\"6fa459ea-ee8a-3ca4-894e-db77e160355e\": Infinity}", RejectionReason.NotANumber)]
    [InlineData(Scalars, "{\"id\": 1, \"body\": [295.0]}", RejectionReason.NotANumber)]
    [InlineData(Scalars, "{\"id\": 1, \"body\": {\"a\": 295.0}}", RejectionReason.NotANumber)]
    [InlineData("features", "{\"id\": 1, \"body\": [1, 2, 3, 4, 5, 6, 7, 8, 9, NaN]}", RejectionReason.NotANumber)]
    [InlineData("features", "{\"id\": 1, \"body\": [1, 2, 3, 4, 5, 6, 7, 8, 9, null]}", RejectionReason.NotANumber)]
    [InlineData("features", "{\"id\": 1, \"body\": [1, 2, 3, 4, 5, 6, 7, 8, 9, \"10\"]}", RejectionReason.NotANumber)]
    [InlineData("features", "{\"id\": 1, \"body\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 1e999]}", RejectionReason.NotANumber)]
    [InlineData("features", "{\"id\": 1, \"body\": [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]}", RejectionReason.NotANumber)]
    [InlineData("features", "{\"id\": 1, \"body\": [1, 2, 3, 4, 5, 6, 7, 8, 9]}", RejectionReason.WrongLength)]
    [InlineData("features", "{\"id\": 1, \"body\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}", RejectionReason.WrongLength)]
    [InlineData("features", "{\"id\": 1, \"body\": []}", RejectionReason.WrongLength)]
    [InlineData("features", "{\"id\": 1, \"body\": {}}", RejectionReason.MissingFeature)]
    [InlineData("features", "{\"id\": 1, \"body\": {\"age\": 1, \"sex\": 2}}", RejectionReason.MissingFeature)]
    [InlineData("features", "{\"id\": 1, \"body\": {\"age\": \"old\"}}", RejectionReason.NotANumber)]
    [InlineData("features", "{\"id\": 1, \"body\": {\"age\": NaN}}", RejectionReason.NotANumber)]
    [InlineData("features", "{\"id\": 1, \"body\": {\"age\": 1, \"age\": 2}}", RejectionReason.Ambiguous)]
    [InlineData(All, "{\"id\": 1, \"id\": 2, \"body\": 2}", RejectionReason.Ambiguous)]
    [InlineData(Scalars, "{\"id\": 1, \"body\": 1, \"body\": 2}", RejectionReason.Ambiguous)]
    [InlineData(
        Scalars, "{\"6fa459ea-ee8a-3ca4-894e-db77e160355e\": 1, \"7fa459ea-ee8a-3ca4-894e-db77e160355e\": 2}", RejectionReason.Ambiguous)]
    public void Read_OfWhatIsMalformed_SaysWhy(string queues, string message, RejectionReason reason)
    {
        var bytes = Wire.Bytes(message);

        foreach (var queue in queues.Split(' '))
        {
            AssertRejected(queue, bytes, reason);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 })]
    [InlineData(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })]
    public void Read_OfWhatIsNoUtf8_SaysSo(byte[] message)
    {
        foreach (var queue in All.Split(' '))
        {
            AssertRejected(queue, message, RejectionReason.NotUtf8);
        }
    }

    [Fact]
    public void Read_OfAMessageLargerThanAllowed_DoesNotLookAtIt()
    {
        var codec = new WireCodec(new WireOptions { MaxSize = 64 });
        var fits = Wire.Bytes("{\"id\": 1, \"body\": 2}".PadRight(64));

        Assert.True(codec.ReadYTrue(fits).IsRead);
        Assert.Equal(RejectionReason.TooLarge, codec.ReadYTrue([.. fits, (byte)' ']).Rejection!.Reason);
    }

    [Fact]
    public void Read_OfWhatIsMuchTooLarge_KeepsTheFirstBytesAndItsLength()
    {
        var rejection = new WireCodec(new WireOptions()).ReadYTrue(new byte[16 << 20]).Rejection!;

        Assert.Equal((RejectionReason.TooLarge, 4096, 16 << 20), (rejection.Reason, rejection.Body.Length, rejection.Size));
    }

    [Fact]
    public void Read_OfAFeatureInOtherCase_SaysSo()
    {
        var codec = new WireCodec(new WireOptions());

        Assert.Contains(
            "It has AGE, but upper and lower case are not the same",
            codec.ReadFeatures("{\"id\": 1, \"body\": {\"AGE\": 1, \"sex\": 2}}"u8).Rejection!.Detail,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "case", codec.ReadFeatures("{\"id\": 1, \"body\": {\"sex\": 2}}"u8).Rejection!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\": 1, \"body\": 2, \"x\": ", "}")]
    [InlineData("{\"x\": ", ", \"id\": 1, \"body\": 2}")]
    [InlineData("{\"id\": ", ", \"body\": 2}")]
    [InlineData("{\"id\": 1, \"body\": ", "}")]
    [InlineData("", "")]
    public void Read_OfWhatIsTooDeep_StopsThere(string before, string after)
    {
        var message = Wire.Bytes(before + new string('[', 20_000) + new string(']', 20_000) + after);

        foreach (var queue in All.Split(' '))
        {
            AssertRejected(queue, message, RejectionReason.TooDeep);
        }
    }

    [Fact]
    public void Read_OfWhatIsAsDeepAsAllowed_Reads()
    {
        var codec = new WireCodec(new WireOptions { MaxDepth = 4 });

        Assert.True(codec.ReadYTrue("{\"id\": 1, \"body\": 2, \"x\": [[[1]]]}"u8).IsRead);
        Assert.Equal(RejectionReason.TooDeep, codec.ReadYTrue("{\"id\": 1, \"body\": 2, \"x\": [[[[1]]]]}"u8).Rejection!.Reason);
    }

    [Fact]
    public void Read_OfAnIdThatIsTooLong_SaysSo() =>
        AssertRejected("y_true", Wire.Bytes($"{{\"id\": \"{new string('x', 300)}\", \"body\": 2}}"), RejectionReason.BadId);

    [Theory]
    [InlineData("y_true", "{\"id\": 1, \"body\": NaN}", "body is NaN; a finite number was expected.")]
    [InlineData("y_true", "{\"id\": 1, \"body\": 1e999}", "body is 1e999; a finite number was expected.")]
    [InlineData("y_pred", "{\"id\": 1}", "The message has no value: it has none of the members body, y_pred, prediction, value.")]
    [InlineData("features", "{\"id\": 1, \"body\": [1, 2, null]}", "body[2] is null; a finite number was expected.")]
    [InlineData("features", "{\"id\": 1, \"X\": [1, 2]}", "X has 2 numbers; 10 were expected.")]
    [InlineData("features", "{\"id\": 1, \"body\": {\"age\": \"old\"}}", "body.age is \"old\"; a finite number was expected.")]
    [InlineData("y_true", "{\"id\": 1,\n\"body\": 2x}", "Not valid JSON from line 2, byte 10 on.")]
    public void Detail_OfARejection_SaysWhatStandsWhere(string queue, string message, string detail) =>
        Assert.Equal(detail, Wire.Read(queue, Wire.Bytes(message)).Rejection!.Detail);

    [Fact]
    public void Reasons_AllOfThem_StandInTheDocument() =>
        Assert.All(
            Enum.GetNames<RejectionReason>(), reason => Assert.Contains($"| `{reason}` |", Files.WireFormat, StringComparison.Ordinal));

    private static void AssertRejected(string queue, byte[] message, RejectionReason reason)
    {
        var (_, _, rejection) = Wire.Read(queue, message);

        Assert.True(rejection is not null, $"{queue} read it");
        Assert.True(reason == rejection.Reason, $"{queue}: {rejection.Reason}, {rejection.Detail}");
        Assert.Equal(message, rejection.Body.ToArray());
        Assert.NotEmpty(rejection.Detail);
    }
}
