using System.Text.Json;

namespace Diabetes.Domain;

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
