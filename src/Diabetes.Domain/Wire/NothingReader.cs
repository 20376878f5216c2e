namespace Diabetes.Domain;

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
