using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;

namespace Diabetes.Domain.Wire;

/// <summary>
/// Decodes and encodes messages. It recognises and reads every dialect of docs/wire-format.md, and writes one object for each message,
/// <c>{"id":…,"body":…}</c>. Decoding never throws. Thread-safe.
/// </summary>
public sealed class WireCodec
{
    // Thousands of messages may be held unsettled at a time, and a broker takes messages of 16 MiB and more.
    private const int KeptOfTooLarge = 4096;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly MessageReader<ReadOnlyMemory<double>, VectorReader> _features;
    private readonly MessageReader<double, ScalarReader> _yTrue;
    private readonly MessageReader<double, ScalarReader> _yPred;
    private readonly MessageReader<Nothing, NothingReader> _notification;

    /// <summary>Creates a codec.</summary>
    public WireCodec(WireOptions options)
    {
        Options = options;
        _features = new(new(new("body", "features", "X"), new([.. options.FeatureNames])), options.UnifyIds, null);
        _yTrue = new(new(new("body", "y_true", "y", "value")), options.UnifyIds, null);
        _yPred = new(new(new("body", "y_pred", "prediction", "value")), options.UnifyIds, new());
        _notification = new(default, options.UnifyIds, null);
    }

    /// <summary>The limits and names that this codec uses.</summary>
    public WireOptions Options { get; }

    /// <summary>Decodes a message of the features queue.</summary>
    public Decoded<FeatureVector> ReadFeatures(ReadOnlySpan<byte> body)
    {
        var message = Read(_features, body);
        return message.Fault is { } fault ? Reject<FeatureVector>(fault, body) : new(new FeatureVector(message.Id, message.Value));
    }

    /// <summary>Decodes a message of the y_true queue.</summary>
    public Decoded<PairHalf> ReadYTrue(ReadOnlySpan<byte> body) => ReadHalf(_yTrue, PairSide.YTrue, body);

    /// <summary>Decodes a message of the y_pred queue.</summary>
    public Decoded<PairHalf> ReadYPred(ReadOnlySpan<byte> body) => ReadHalf(_yPred, PairSide.YPred, body);

    /// <summary>Decodes a message of the notification queue: an id, alone or in an object as on the other queues.</summary>
    public Decoded<ObservationId> ReadNotification(ReadOnlySpan<byte> body)
    {
        var message = Read(_notification, body);
        return message.Fault is { } fault ? Reject<ObservationId>(fault, body) : new(message.Id);
    }

    /// <summary>Writes <c>{"id":…,"body":[…]}</c>.</summary>
    /// <exception cref="ArgumentException">A feature is not finite.</exception>
    public static void WriteFeatures(FeatureVector message, IBufferWriter<byte> body)
    {
        var writer = new MessageWriter(body, message.Id);
        writer.Body(message.Values.Span);
        writer.End();
    }

    /// <summary>Writes <c>{"id":…,"body":…}</c>, and <c>"model"</c> if the half names one.</summary>
    /// <exception cref="ArgumentException">The value is not finite.</exception>
    public static void WriteHalf(PairHalf message, IBufferWriter<byte> body)
    {
        var writer = new MessageWriter(body, message.Id);
        writer.Body(message.Value);
        if (message.Model is not null)
        {
            writer.Model(message.Model);
        }

        writer.End();
    }

    /// <summary>Writes <c>{"id":…}</c>.</summary>
    public static void WriteNotification(ObservationId message, IBufferWriter<byte> body) => new MessageWriter(body, message).End();

    private Decoded<PairHalf> ReadHalf(in MessageReader<double, ScalarReader> reader, PairSide side, ReadOnlySpan<byte> body)
    {
        var message = Read(reader, body);
        return message.Fault is { } fault
            ? Reject<PairHalf>(fault, body)
            : new(new PairHalf(message.Id, side, message.Value, message.Model));
    }

    private static Decoded<T> Reject<T>(Fault fault, ReadOnlySpan<byte> body) where T : struct =>
        new(new Rejection(fault.Reason, fault.Detail, Kept(fault.Reason, body).ToArray()) { Size = body.Length });

    private static ReadOnlySpan<byte> Kept(RejectionReason reason, ReadOnlySpan<byte> body) =>
        reason == RejectionReason.TooLarge && body.Length > KeptOfTooLarge ? body[..KeptOfTooLarge] : body;

    private Message<T> Read<T, TValue>(in MessageReader<T, TValue> reader, ReadOnlySpan<byte> body) where TValue : struct, IValueReader<T>
    {
        if (Check(body) is { } fault)
        {
            return new() { Fault = fault };
        }

        if (body.StartsWith(ByteOrderMark))
        {
            body = body[ByteOrderMark.Length..];
        }

        try
        {
            return Walk(reader, body, body);
        }
        catch (JsonException) when (PythonLiterals.TryMask(body, out var masked))
        {
            return ReadMasked(reader, masked, body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new() { Fault = NotJson(e) };
        }
    }

    private Message<T> ReadMasked<T, TValue>(in MessageReader<T, TValue> reader, byte[] masked, ReadOnlySpan<byte> body)
        where TValue : struct, IValueReader<T>
    {
        try
        {
            return Walk(reader, masked, body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new() { Fault = NotJson(e) };
        }
    }

    private Message<T> Walk<T, TValue>(in MessageReader<T, TValue> reader, ReadOnlySpan<byte> json, ReadOnlySpan<byte> original)
        where TValue : struct, IValueReader<T>
    {
        var cursor = new MessageCursor(json, original, Options.MaxDepth);
        var message = reader.Read(ref cursor);
        if (cursor.IsTooDeep)
        {
            message.Fault = new(
                RejectionReason.TooDeep,
                $"More than {Options.MaxDepth} objects and lists inside each other, also inside members that are ignored.");
        }
        return message;
    }

    private Fault? Check(ReadOnlySpan<byte> body) => body.Length switch
    {
        0 => new(RejectionReason.Empty, "The message has no bytes."),
        var size when size > Options.MaxSize =>
            new(RejectionReason.TooLarge, $"The message has {size} bytes; at most {Options.MaxSize} are allowed."),
        _ when !Utf8.IsValid(body) => new(RejectionReason.NotUtf8, "The message is not valid UTF-8."),
        _ => null,
    };

    private static Fault NotJson(Exception e) =>
        new(RejectionReason.NotJson, e is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
        ? $"Not valid JSON from line {line + 1}, byte {position + 1} on."
        : "A string contains half of a surrogate pair.");
}
