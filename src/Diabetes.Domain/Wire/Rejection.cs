namespace Diabetes.Domain.Wire;

/// <summary>Describes a message that could not be decoded. It is counted, put into quarantine and acked.</summary>
/// <param name="Reason">The reason, for counting and filtering.</param>
/// <param name="Detail">One line for an operator: what was found where, and what was expected.</param>
/// <param name="Body">A copy of the bytes of the message; of one that is too large, only the first.</param>
public sealed record Rejection(RejectionReason Reason, string Detail, ReadOnlyMemory<byte> Body)
{
    /// <summary>The length of the message in bytes, which may be more than was kept of it.</summary>
    public int Size { get; init; } = Body.Length;
}

/// <summary>Says why a message went to quarantine. Operators see these names in logs, in the quarantine file and in metrics.</summary>
public enum RejectionReason
{
    /// <summary>The message has no bytes.</summary>
    Empty,

    /// <summary>The message has more bytes than <see cref="WireOptions.MaxSize"/> and was not decoded.</summary>
    TooLarge,

    /// <summary>Objects and lists are nested deeper than <see cref="WireOptions.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>The bytes are not valid UTF-8.</summary>
    NotUtf8,

    /// <summary>The text is not valid JSON, or more text follows it.</summary>
    NotJson,

    /// <summary>The message is JSON without an id: it has no <c>id</c>, <c>ts</c> or <c>message_id</c> and is no pair with an id.</summary>
    NoId,

    /// <summary>The id is null, a boolean, NaN, a list, an object, empty or too long.</summary>
    BadId,

    /// <summary>The message has an id but no value: no <c>body</c> and no other name that this queue allows.</summary>
    NoValue,

    /// <summary>The value, or one of the features, is not a finite number.</summary>
    NotANumber,

    /// <summary>The number of features is not that of the model.</summary>
    WrongLength,

    /// <summary>The features have names, and one that the model needs is missing.</summary>
    MissingFeature,

    /// <summary>The same member occurs twice. JSON parsers differ in which of the two they use.</summary>
    Ambiguous,

    /// <summary>A half with the same id and side arrived before with another value, which is kept.</summary>
    ConflictingValue,

    /// <summary>The prediction is by a model that <c>metric.models</c> does not name.</summary>
    UnexpectedModel,
}

/// <summary>
/// Describes an error that was found while the rest of the message is still to be read. It becomes a <see cref="Rejection"/>.
/// </summary>
internal readonly record struct Fault(RejectionReason Reason, string Detail);
