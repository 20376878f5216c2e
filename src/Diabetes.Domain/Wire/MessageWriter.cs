using System.Buffers;
using System.Text.Json;
using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Wire;

/// <summary>
/// Writes messages, always as one object. Numbers look as Python's <c>json</c> prints them: <c>295.0</c> and not <c>295</c>, which every
/// Python service would read as an int.
/// </summary>
internal ref struct MessageWriter
{
    // Each thread keeps one writer, because creating it is expensive. System.Text.Json does the same internally.
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
        foreach (var value in values)
        {
            Number(value);
        }

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
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"JSON cannot contain {value}. Check that the number is finite before writing it.");
        }

        Span<byte> text = stackalloc byte[PythonFloat.MaxLength];
        _json.WriteRawValue(text[..PythonFloat.Format(value, text)], skipInputValidation: true);
    }
}
