using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Domain.Wire;

/// <summary>What a message's bytes came to: a value or a <see cref="Wire.Rejection"/>, never both, never neither.</summary>
public readonly record struct Decoded<T> where T : struct
{
    public Decoded(T value) => Value = value;

    public Decoded(Rejection rejection) => Rejection = rejection;

    /// <summary>The message; default where it was rejected.</summary>
    public T Value { get; }

    /// <summary>Null where the message was read.</summary>
    public Rejection? Rejection { get; }

    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsRead => Rejection is null;
}
