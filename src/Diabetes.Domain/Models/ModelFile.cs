using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Diabetes.Domain.Wire;

namespace Diabetes.Domain.Models;

/// <summary>
/// Trained models as JSON. The same model is the same bytes on every machine. The file carries a SHA-256 of its content (the members
/// without white space, in the order they are written in, without the hash): a changed coefficient is found, a reformatted file is not.
/// </summary>
public static class ModelFile
{
    private const string Retrain = "Train it again with: diabetes train.";

    // Names in the dataset may be in any language, and nobody puts this into a web page.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    /// <summary>The bytes of the file, with a line end.</summary>
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

    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What to call it in an error, as a rule its path.</param>
    /// <exception cref="ModelFileException">No JSON, a member missing or of the wrong kind, or content that is not what was
    /// hashed.</exception>
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
                    $"{name}: the content is not what it was when the model was trained "
                    + $"(its SHA-256 is {HashOf(model)}, the file says {hash}). {Retrain}");
        }
        catch (JsonException e)
        {
            throw new ModelFileException($"{name}, line {e.LineNumber + 1}: no JSON. {Retrain}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ModelFileException($"{name}: a string holds half of a surrogate pair. {Retrain}", e);
        }
    }

    private static TrainedModel Parse(ModelMember file)
    {
        var kind = file["kind"].Kind;
        string[] names = [.. file["features"].Items.Select(item => item.Text)];
        double[] coefficients = [.. file["coefficients"].Items.Select(item => item.Number)];
        if (names.Length == 0 || coefficients.Length != names.Length)
        {
            throw file["coefficients"].Wrong($"{coefficients.Length} numbers for {names.Length} features; one each was expected.");
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
        foreach (var name in model.FeatureNames) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("coefficients");
        foreach (var coefficient in model.Coefficients) WriteNumber(json, coefficient);
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
        if (hash is not null) json.WriteString("sha256", hash);
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
        if (!double.IsFinite(value)) throw new ArgumentException($"A model file has no {value}.");
        Span<byte> text = stackalloc byte[PythonFloat.MaxLength];
        // Not WriteNumberValue: what .NET 10 writes is not always what it reads back (see PythonFloat).
        json.WriteRawValue(text[..PythonFloat.Format(value, text)]);
    }
}

/// <summary>A model file that cannot be used. The message says where, what stands there, and what to do.</summary>
public sealed class ModelFileException : FormatException
{
    public ModelFileException()
    {
    }

    public ModelFileException(string message) : base(message)
    {
    }

    public ModelFileException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
