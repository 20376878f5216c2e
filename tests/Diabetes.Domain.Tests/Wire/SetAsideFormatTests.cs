using System.Buffers;
using System.Text;
using Diabetes.Domain.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Wire;

public sealed class SetAsideFormatTests
{
    private static readonly Gen<string> AnyText = ArbMap.Default.GeneratorFor<string>()
        .Where(text => text is not null && !text.Any(char.IsSurrogate));

    private static readonly Gen<QuarantineEntry> AnyEntry =
        from at in ArbMap.Default.GeneratorFor<DateTime>()
        from queue in AnyText
        from detail in AnyText
        from body in ArbMap.Default.GeneratorFor<byte[]>()
        select new QuarantineEntry(new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)), queue, "NotJson", detail, body);

    [Fact]
    public void Letter_AnyMessage_RoundTrips() => Prop.ForAll(AnyEntry.ToArbitrary(), entry =>
    {
        var read = SetAsideFormat.Read(Write(entry));

        Assert.Equal((entry.At, entry.Queue, entry.Reason, entry.Detail), (read?.At, read?.Queue, read?.Reason, read?.Detail));
        Assert.Equal(entry.Body.ToArray(), read?.Body.ToArray());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"id": 1.5, "body": 295.0}""")]
    [InlineData("""{"time":"yesterday","queue":"q","reason":"r","detail":"d","size":1,"body":"AA=="}""")]
    [InlineData("""{"time":"2026-11-20T10:00:00Z","queue":"q","reason":"r","detail":"d","size":2,"body":"AA=="}""")]
    [InlineData("""{"time":"2026-11-20T10:00:00Z","queue":"q","reason":"r","detail":"d","size":1,"body":"AA=="} {}""")]
    public void Read_NoLetter_IsNull(string message) => Assert.Null(SetAsideFormat.Read(Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void Read_Letter_IsTheOneOfTheDocumentation()
    {
        var entry = SetAsideFormat.Read(
            """{"time":"2026-11-20T10:00:00+00:00","queue":"y_true","reason":"NoId","detail":"d","size":2,"body":"e30="}"""u8);

        Assert.Equal(("y_true", "{}"), (entry?.Queue, Encoding.UTF8.GetString(entry!.Body.Span)));
        Assert.Equal("y_true.dead", SetAsideFormat.QueueOf(entry.Queue));
    }

    private static ReadOnlySpan<byte> Write(QuarantineEntry entry)
    {
        var body = new ArrayBufferWriter<byte>();
        SetAsideFormat.Write(entry, body);
        return body.WrittenSpan;
    }
}
