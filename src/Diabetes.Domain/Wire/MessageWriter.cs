using System.Buffers;
using System.Text.Json;
using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Wire;

/// <summary>
/// The one shape that is written. Numbers look as Python's <c>json</c> prints them: <c>295.0</c>, not <c>295</c>, which would be an int to
/// every Python service that reads it.
/// </summary>
internal ref struct MessageWriter
{
    // A writer is worth keeping and bound to a thread; this is what System.Text.Json does inside.
    [ThreadStatic]
    private static Utf8JsonWriter? _kept;

    private readonly Utf8JsonWriter _json;

    public MessageWriter(IBufferWriter<byte> body, ObservationId id)
    {
        _json = _kept ??= new(body, new JsonWriterOptions { SkipValidation = true });
        _json.Reset(body);
        _json.WriteStartObject();
        Span<byte> token = stackalloc byte[ObservationId.MaxTokenLength];
        _json.WritePropertyName("id"u8);
        _json.WriteRawValue(token[..id.CopyToken(token)], skipInputValidation: true);
    }

    public readonly void Body(ReadOnlySpan<double> values)
    {
        _json.WriteStartArray("body"u8);
        foreach (var value in values) Number(value);
        _json.WriteEndArray();
    }

    public readonly void Body(double value)
    {
        _json.WritePropertyName("body"u8);
        Number(value);
    }

    public readonly void Model(string name) => _json.WriteString("model"u8, name);

    public readonly void End()
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    private readonly void Number(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"JSON has no {value}; check the number before it is sent.");
        Span<byte> text = stackalloc byte[PythonFloat.MaxLength];
        _json.WriteRawValue(text[..PythonFloat.Format(value, text)], skipInputValidation: true);
    }
}
