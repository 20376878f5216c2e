using System.Buffers;
using System.Text;
using Diabetes.Domain.Wire;
using Xunit;

namespace Diabetes.Domain.Tests.Wire;

public sealed class SetAsideFormatTests
{
    [Theory]
    [InlineData(2, "e30=")]
    [InlineData(1, "ew==")]
    public void Write_Entry_IsTheLineOfTheDocumentation(int kept, string base64)
    {
        var line = new ArrayBufferWriter<byte>();
        var at = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
        SetAsideFormat.Write(new QuarantineEntry(at, "y_true", "NoId", "d", "{}"u8.ToArray()), kept, line);

        Assert.Equal(
            $$"""{"time":"2026-11-20T10:00:00+00:00","queue":"y_true","reason":"NoId","detail":"d","size":2,"body":"{{base64}}"}""",
            Encoding.UTF8.GetString(line.WrittenSpan));
        Assert.Equal("y_true.dead", SetAsideFormat.QueueOf("y_true"));
    }
}
