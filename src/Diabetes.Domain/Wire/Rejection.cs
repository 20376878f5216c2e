namespace Diabetes.Domain.Wire;

/// <summary>A message that could not be read. Goes to quarantine, is counted and acked.</summary>
/// <param name="Reason">For counting and filtering.</param>
/// <param name="Detail">One line for a human: what stands where, what was expected.</param>
/// <param name="Body">All the bytes that came, a copy.</param>
public sealed record Rejection(RejectionReason Reason, string Detail, ReadOnlyMemory<byte> Body);

/// <summary>
/// Why a message went to quarantine. The names stand in logs, in the quarantine file and in metrics: they are for operators.
/// </summary>
public enum RejectionReason
{
    /// <summary>No bytes.</summary>
    Empty,

    /// <summary>More bytes than <see cref="WireOptions.MaxSize"/>; not looked at.</summary>
    TooLarge,

    /// <summary>Objects and lists stand deeper in each other than <see cref="WireOptions.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>The bytes are no UTF-8.</summary>
    NotUtf8,

    /// <summary>The text is no JSON, or something follows it.</summary>
    NotJson,

    /// <summary>
    /// JSON, but none of the shapes that carry an id: no <c>id</c>, <c>ts</c> or <c>message_id</c>, no pair with an id, a bare value.
    /// </summary>
    NoId,

    /// <summary>The id is null, a boolean, NaN, a list, an object, empty or too long.</summary>
    BadId,

    /// <summary>An id without a value: neither <c>body</c> nor any name the queue knows.</summary>
    NoValue,

    /// <summary>The value, or one of the features, is no finite number.</summary>
    NotANumber,

    /// <summary>Features, but not as many as the model has.</summary>
    WrongLength,

    /// <summary>Features by name, but not those that the model has.</summary>
    MissingFeature,

    /// <summary>A name that counts stands there twice: readers differ in which one they take.</summary>
    Ambiguous,

    /// <summary>A second half of the same side and id with another value; the first one won.</summary>
    ConflictingValue,

    /// <summary>A prediction of a model that <c>metric.models</c> does not name.</summary>
    UnexpectedModel,
}

/// <summary>A <see cref="Rejection"/> in the making: found in the middle of a message, of which the rest is still to be read.</summary>
internal readonly record struct Fault(RejectionReason Reason, string Detail);
