using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Domain.Wire;

/// <summary>Holds the result of decoding a message: either a value or a <see cref="Wire.Rejection"/>.</summary>
public readonly record struct Decoded<T> where T : struct
{
    /// <summary>Creates the result of a message that was decoded.</summary>
    public Decoded(T value) => Value = value;

    /// <summary>Creates the result of a message that was rejected.</summary>
    public Decoded(Rejection rejection) => Rejection = rejection;

    /// <summary>The decoded message; default if it was rejected.</summary>
    public T Value { get; }

    /// <summary>Why the message was rejected; null if it was decoded.</summary>
    public Rejection? Rejection { get; }

    /// <summary>True if the message was decoded.</summary>
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsRead => Rejection is null;
}
