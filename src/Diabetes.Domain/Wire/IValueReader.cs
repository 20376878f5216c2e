using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>Reads what a queue carries beside the id.</summary>
internal interface IValueReader<T>
{
    /// <summary>Names of the member that holds it, the one that counts most first.</summary>
    MemberNames Names { get; }

    /// <summary>
    /// Reads from the token that the cursor stands on and leaves it on the last one of the value, also where there is a fault.
    /// </summary>
    Fault? Read(ref MessageCursor cursor, string name, out T value);
}

/// <summary>A notification carries an id; whatever else stands there is nobody's business.</summary>
internal readonly struct NothingReader : IValueReader<Nothing>
{
    private static readonly MemberNames None = new();

    public MemberNames Names => None;

    public Fault? Read(ref MessageCursor cursor, string name, out Nothing value)
    {
        value = default;
        cursor.Skip();
        return null;
    }
}

/// <summary>The value of a message that has none.</summary>
internal readonly struct Nothing;

/// <summary>One finite number.</summary>
internal readonly struct ScalarReader(MemberNames names) : IValueReader<double>
{
    public MemberNames Names => names;

    public Fault? Read(ref MessageCursor cursor, string name, out double value)
    {
        value = 0;
        if (cursor.Json.TokenType == JsonTokenType.Number && cursor.Json.TryGetDouble(out value) && double.IsFinite(value)) return null;

        var fault = new Fault(RejectionReason.NotANumber, $"{name} is {cursor.Found}; a finite number was expected.");
        cursor.Skip();
        return fault;
    }
}
