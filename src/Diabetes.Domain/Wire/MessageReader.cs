using System.Buffers.Text;
using System.Text.Json;
using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Wire;

/// <summary>
/// Reads id and value from a message in one pass. A message is an object with named members, an object <c>{"uuid": value}</c> or a list
/// <c>[value, "id"]</c>. Errors are reported only after the whole message was read, so that invalid JSON is always reported as such.
/// </summary>
internal readonly struct MessageReader<T, TValue>(TValue values, bool unifyIds, ModelNames? models)
    where TValue : struct, IValueReader<T>
{
    private static readonly MemberNames IdNames = new("id", "ts", "message_id");

    /// <summary>Reads one message.</summary>
    /// <exception cref="JsonException">The bytes are not valid JSON.</exception>
    /// <exception cref="InvalidOperationException">A string contains half a surrogate pair.</exception>
    public Message<T> Read(ref MessageCursor cursor)
    {
        cursor.Next();
        var message = cursor.Json.TokenType switch
        {
            JsonTokenType.StartObject when !cursor.IsMasked => ReadObject(ref cursor),
            JsonTokenType.StartArray => ReadPair(ref cursor),
            _ => ReadAlone(ref cursor),
        };
        while (cursor.Next()) { }
        return message;
    }

    private Message<T> ReadObject(ref MessageCursor cursor)
    {
        Slot<ObservationId> id = new(), uuid = new();
        Slot<T> value = new(), uuidValue = new();
        string? model = null;
        while (cursor.Next() && cursor.Json.TokenType == JsonTokenType.PropertyName)
        {
            int rank;
            if ((rank = IdNames.RankOf(ref cursor.Json)) >= 0)
            {
                TakeId(ref cursor, rank, ref id);
            }
            else if ((rank = values.Names.RankOf(ref cursor.Json)) >= 0)
            {
                TakeValue(ref cursor, rank, ref value);
            }
            else if (models is not null && cursor.Json.ValueTextEquals("model"u8))
            {
                cursor.Next();
                model = models.Read(ref cursor.Json);
                cursor.Skip();
            }
            else if (IsUuid(cursor.Json.ValueSpan))
            {
                TakeUuid(ref cursor, ref uuid, ref uuidValue);
            }
            else
            {
                cursor.Next();
                cursor.Skip();
            }
        }

        return id.IsVacant && !uuid.IsVacant ? Finish(uuid, uuidValue, model) : Finish(id, value, model);
    }

    private Message<T> ReadPair(ref MessageCursor cursor)
    {
        Slot<ObservationId> id = new();
        Slot<T> value = new();
        var count = 0;
        for (; cursor.Next() && cursor.Json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count == 0 && value.Claim(0, "[0]"))
            {
                value.Fault = values.Read(ref cursor, "[0]", out value.Content);
            }
            else if (count == 1 && cursor.Json.TokenType == JsonTokenType.String && id.Claim(0, "[1]"))
            {
                ReadId(ref cursor, "[1]", ref id);
            }
            else
            {
                cursor.Skip();
            }
        }

        return count == 2 && !id.IsVacant
            ? Finish(id, value, null)
            : new() { Fault = new(RejectionReason.NoId, "The message is a list, but not [value, \"id\"].") };
    }

    private Message<T> ReadAlone(ref MessageCursor cursor)
    {
        Slot<ObservationId> id = new();
        if (typeof(T) != typeof(Nothing))
        {
            return new() { Fault = new(RejectionReason.NoId, $"The message is only {cursor.Found}; an object with an id was expected.") };
        }

        if (id.Claim(0, "the message"))
        {
            ReadId(ref cursor, "the message", ref id);
        }

        return Finish(id, new(), null);
    }

    private Message<T> Finish(Slot<ObservationId> id, Slot<T> value, string? model) => new()
    {
        Id = id.Content,
        Value = value.Content!,
        Model = model,
        Fault = id.Fault
            ?? (id.IsVacant ? new(RejectionReason.NoId, $"The message has no id: it has none of the members {IdNames}.") : value.Fault)
            ?? (value.IsVacant && typeof(T) != typeof(Nothing)
                ? new(RejectionReason.NoValue, $"The message has no value: it has none of the members {values.Names}.")
                : null),
    };

    private void TakeId(ref MessageCursor cursor, int rank, ref Slot<ObservationId> id)
    {
        cursor.Next();
        if (id.Claim(rank, IdNames[rank]))
        {
            ReadId(ref cursor, IdNames[rank], ref id);
        }
        else
        {
            cursor.Skip();
        }
    }

    private void TakeValue(ref MessageCursor cursor, int rank, ref Slot<T> value)
    {
        cursor.Next();
        if (value.Claim(rank, values.Names[rank]))
        {
            value.Fault = values.Read(ref cursor, values.Names[rank], out value.Content);
        }
        else
        {
            cursor.Skip();
        }
    }

    private void TakeUuid(ref MessageCursor cursor, ref Slot<ObservationId> id, ref Slot<T> value)
    {
        if (id.Claim(0, "a uuid"))
        {
            ReadId(ref cursor, "the name", ref id);
            cursor.Next();
            value.Claim(0, "a uuid");
            value.Fault = values.Read(ref cursor, "the value", out value.Content);
            return;
        }

        cursor.Next();
        cursor.Skip();
    }

    private void ReadId(ref MessageCursor cursor, string name, ref Slot<ObservationId> id)
    {
        var readable = cursor.Json.TokenType is JsonTokenType.Number or JsonTokenType.String or JsonTokenType.PropertyName;
        id.Fault = readable && ObservationId.TryParse(cursor.Token, unifyIds, out id.Content)
            ? null
            : new(
                RejectionReason.BadId,
                $"{name} is {cursor.Found}; a finite number or a string of 1 to {ObservationId.MaxLength} bytes was expected.");
        cursor.Skip();
    }

    private static bool IsUuid(ReadOnlySpan<byte> name) => name.Length switch
    {
        36 => Utf8Parser.TryParse(name, out Guid _, out var used, 'D') && used == 36,
        32 => Utf8Parser.TryParse(name, out Guid _, out var used, 'N') && used == 32,
        _ => false,
    };
}
