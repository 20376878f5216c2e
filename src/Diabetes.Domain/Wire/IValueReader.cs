using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>Reads the value of a message, which stands beside its id.</summary>
internal interface IValueReader<T>
{
    /// <summary>The names that the member may have. If a message has several of them, the first in this list counts.</summary>
    MemberNames Names { get; }

    /// <summary>Reads the value that begins at the cursor, and leaves the cursor on its last token, also if there is an error.</summary>
    Fault? Read(ref MessageCursor cursor, string name, out T value);
}

/// <summary>Skips the value of a notification, which only needs an id.</summary>
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

/// <summary>Stands for the value of a message without one.</summary>
internal readonly struct Nothing;

/// <summary>Reads one finite number.</summary>
internal readonly struct ScalarReader(MemberNames names) : IValueReader<double>
{
    public MemberNames Names => names;

    public Fault? Read(ref MessageCursor cursor, string name, out double value)
    {
        value = 0;
        if (cursor.Json.TokenType == JsonTokenType.Number && cursor.Json.TryGetDouble(out value) && double.IsFinite(value))
        {
            return null;
        }

        var fault = new Fault(RejectionReason.NotANumber, $"{name} is {cursor.Found}; a finite number was expected.");
        cursor.Skip();
        return fault;
    }
}
