using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Diabetes.Domain.Wire;

namespace Diabetes.Domain.Models;

/// <summary>
/// Reads and writes trained models as JSON. The same model gives the same bytes on every machine. The file contains a SHA-256 of its
/// members in their order, without white space and without the hash itself. So a changed coefficient is detected, and reformatting is
/// allowed.
/// </summary>
public static class ModelFile
{
    // Column names may be in any language, and the file is never part of a web page, so characters need no escaping.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    /// <summary>Returns the bytes of the file, which ends with a line feed.</summary>
    /// <exception cref="ArgumentException">A number in the model is not finite.</exception>
    public static byte[] Write(TrainedModel model)
    {
        using var content = JsonDocument.Parse(Serialise(model, HashOf(model)));
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Indented);
        content.WriteTo(json);
        json.Flush();
        return [.. bytes.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Parses a model file and checks its hash.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The name of the file for errors, usually its path.</param>
    /// <exception cref="ModelFileException">The file is not JSON, a member is missing or has the wrong type, or the content does not match
    /// the hash.</exception>
    public static TrainedModel Read(ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var file = new ModelMember(json.RootElement, name);
            var model = Parse(file);
            var hash = file["sha256"].Text;
            return hash == HashOf(model)
                ? model
                : throw new ModelFileException(
                    $"{name}: the content was changed after the model was trained "
                    + $"(its SHA-256 is {HashOf(model)}, but the file contains {hash}).");
        }
        catch (JsonException e)
        {
            throw new ModelFileException($"{name}, line {e.LineNumber + 1}: not valid JSON.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ModelFileException($"{name}: a string is not valid Unicode: it holds half of a surrogate pair.", e);
        }
    }

    private static TrainedModel Parse(ModelMember file)
    {
        var kind = file["kind"].Kind;
        string[] names = [.. file["features"].Items.Select(item => item.Text)];
        double[] coefficients = [.. file["coefficients"].Items.Select(item => item.Number)];
        if (names.Length == 0 || coefficients.Length != names.Length)
        {
            throw file["coefficients"]
                .Wrong($"{coefficients.Length} numbers for {names.Length} features; one for each feature was expected.");
        }

        var (on, metrics) = (file["trainedOn"], file["metrics"]);
        return new(
            kind,
            names,
            coefficients,
            file["intercept"].Number,
            new(on["dataset"].Text, on["sha256"].Text, on["rows"].Count),
            new(metrics["mae"].Number, metrics["rmse"].Number, metrics["r2"].Number));
    }

    private static string HashOf(TrainedModel model) => Convert.ToHexStringLower(SHA256.HashData(Serialise(model, null)));

    private static byte[] Serialise(TrainedModel model, string? hash)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Compact);
        json.WriteStartObject();
        json.WriteString("kind", ModelMember.NameOf(model.Kind));
        json.WriteStartArray("features");
        foreach (var name in model.FeatureNames)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteStartArray("coefficients");
        foreach (var coefficient in model.Coefficients)
        {
            WriteNumber(json, coefficient);
        }

        json.WriteEndArray();
        WriteNumber(json, "intercept", model.Intercept);
        json.WriteStartObject("trainedOn");
        json.WriteString("dataset", model.TrainedOn.Dataset);
        json.WriteString("sha256", model.TrainedOn.Sha256);
        json.WriteNumber("rows", model.TrainedOn.Rows);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        WriteNumber(json, "mae", model.Metrics.Mae);
        WriteNumber(json, "rmse", model.Metrics.Rmse);
        WriteNumber(json, "r2", model.Metrics.R2);
        json.WriteEndObject();
        if (hash is not null)
        {
            json.WriteString("sha256", hash);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteNumber(json, value);
    }

    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"A model file cannot contain {value}. Check the data that the model was trained on.");
        }

        Span<byte> text = stackalloc byte[PythonFloat.MaxLength];
        // WriteNumberValue is not used, because what .NET 10 writes does not always parse to the same double (see PythonFloat).
        json.WriteRawValue(text[..PythonFloat.Format(value, text)]);
    }
}

/// <summary>Reports a model file that cannot be used. The message says where the error is, what was found and what to do.</summary>
public sealed class ModelFileException : FormatException
{
    /// <inheritdoc/>
    public ModelFileException()
    {
    }

    /// <inheritdoc/>
    public ModelFileException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public ModelFileException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
