using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>
/// Reads the features: a list in the order of the model, or an object from names to numbers, which is put into that order.
/// </summary>
internal readonly struct VectorReader(MemberNames names, MemberNames features) : IValueReader<ReadOnlyMemory<double>>
{
    public MemberNames Names => names;

    public Fault? Read(ref MessageCursor cursor, string name, out ReadOnlyMemory<double> value)
    {
        value = default;
        var depth = cursor.Json.CurrentDepth;
        if (cursor.IsMasked || cursor.Json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            var fault = new Fault(RejectionReason.NotANumber, $"{name} is {cursor.Found}; {features.Count} numbers were expected.");
            cursor.Skip();
            return fault;
        }

        var values = new double[features.Count];
        var found = cursor.Json.TokenType == JsonTokenType.StartArray
            ? ReadList(ref cursor, name, values)
            : ReadObject(ref cursor, name, values);
        cursor.Skip(depth);
        if (found is null)
        {
            value = values;
        }

        return found;
    }

    private static Fault? ReadList(ref MessageCursor cursor, string name, double[] values)
    {
        var count = 0;
        for (; cursor.Next() && cursor.Json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (!IsFinite(ref cursor, out var number))
            {
                return NotANumber(ref cursor, $"{name}[{count}]");
            }

            if (count < values.Length)
            {
                values[count] = number;
            }
        }

        return count == values.Length
            ? null
            : new(RejectionReason.WrongLength, $"{name} has {count} numbers; {values.Length} were expected.");
    }

    private Fault? ReadObject(ref MessageCursor cursor, string name, double[] values)
    {
        Array.Fill(values, double.NaN);
        string? otherCase = null;
        while (cursor.Next() && cursor.Json.TokenType == JsonTokenType.PropertyName)
        {
            var index = features.RankOf(ref cursor.Json);
            otherCase ??= index < 0 ? features.InOtherCase(ref cursor.Json) : null;
            cursor.Next();
            if (index < 0)
            {
                cursor.Skip();
                continue;
            }

            if (!double.IsNaN(values[index]))
            {
                return new(RejectionReason.Ambiguous, $"{name} has {features[index]} twice.");
            }

            if (!IsFinite(ref cursor, out values[index]))
            {
                return NotANumber(ref cursor, $"{name}.{features[index]}");
            }
        }

        var missing = Array.FindIndex(values, double.IsNaN);
        return missing < 0
            ? null
            : new(RejectionReason.MissingFeature, $"{name} is an object without {features[missing]}; the model needs {features}."
                + (otherCase is null ? "" : $" It has {otherCase}, but upper and lower case are not the same here."));
    }

    private static bool IsFinite(ref MessageCursor cursor, out double number)
    {
        number = 0;
        return cursor.Json.TokenType == JsonTokenType.Number && cursor.Json.TryGetDouble(out number) && double.IsFinite(number);
    }

    private static Fault NotANumber(ref MessageCursor cursor, string where) =>
        new(RejectionReason.NotANumber, $"{where} is {cursor.Found}; a finite number was expected.");
}
