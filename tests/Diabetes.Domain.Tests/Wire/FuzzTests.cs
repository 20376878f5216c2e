using System.Globalization;
using System.Text.Json;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Xunit;

namespace Diabetes.Domain.Tests.Wire;

/// <summary>Decodes damaged messages: each is decoded or rejected with a reason. Seeded; a failure shows the message.</summary>
public class FuzzTests
{
    private static readonly string[] Queues = ["features", "y_true", "y_pred", "notification"];

    private static readonly byte[][] Valid =
    [
        Wire.Bytes($$"""{"id": 1730027639.447099, "body": {{Wire.Ten}}}"""),
        Wire.Bytes("""{"id": 1730027639.447099, "body": 295.0}"""),
        Wire.Bytes("""{"id": "a\u0062\"c", "X": [1, {"y": null}], "y_pred": -2.5E-3, "model": "m"}"""),
        Wire.Bytes("""{"6fa459ea-ee8a-3ca4-894e-db77e160355e": 295.0}"""),
        Wire.Bytes("""[295.0, "6fa459ea-ee8a-3ca4-894e-db77e160355e"]"""),
        Wire.Bytes("""{"ts": 17, "value": NaN, "y": 12, "x": [Infinity, -Infinity, true, false]}"""),
        Wire.Bytes("""{"id": 1, "body": {"age": 1, "sex": 2, "bmi": 3, "bp": 4, "s1": 5, "s2": 6, "s3": 7, "s4": 8, "s5": 9, "s6": 10}}"""),
        Wire.Bytes("\uFEFF\"1730027639.447099\""),
    ];

    private static readonly byte[][] Fragments =
    [
        .. new[] { "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud83d", "\\ude00", "NaN", "-Infinity", "1e999", "-", "0", "null", "true",
        "\"id\":", "\"body\":", "\"ts\": 2,", "{}", "\n", "é", "\0" }.Select(Wire.Bytes),
        [0xFF],
        [0xC3],
        [0xEF, 0xBB, 0xBF],
    ];

    [Fact]
    public void Read_OfRandomBytes_ReadsOrSaysWhy()
    {
        var random = new Random(20261120);
        for (var i = 0; i < 20_000; i++)
        {
            var message = new byte[random.Next(64)];
            random.NextBytes(message);
            AssertReadOrRejected(message);
        }
    }

    [Fact]
    public void Read_OfMutatedMessages_ReadsOrSaysWhy()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 40_000; i++)
        {
            AssertReadOrRejected(Mutate(random));
        }
    }

    /// <summary>Compares with Python: a damaged message that is decoded gives the id and number that Python reads.</summary>
    [Fact]
    public void Read_OfMutatedMessages_AgreesWithPython()
    {
        var random = new Random(20261122);
        var read = new List<(byte[] Message, PairHalf Half)>();
        for (var i = 0; i < 60_000; i++)
        {
            var message = Mutate(random);
            if (Wire.Codec.ReadYPred(message) is { IsRead: true, Value: var half })
            {
                read.Add((message, half));
            }
        }

        const string Names = "['body', 'y_pred', 'prediction', 'value']";
        const string IdOf = "next((m[n] for n in ['id', 'ts', 'message_id'] if n in m), None)";
        var python = Python.Map(
            read.Select(pair => Convert.ToBase64String(pair.Message)),
            "(lambda m: json.dumps([str(m[1]), repr(float(m[0]))] if isinstance(m, list) else "
            + $"[str({IdOf}), repr(float(next(m[n] for n in {Names} if n in m)))] if {IdOf} is not None else [list(m)[0], "
            + "repr(float(list(m.values())[0]))]))"
            + "(json.loads(base64.b64decode(line)))");

        Assert.True(read.Count > 1000, $"only {read.Count} of the mutated messages were read: the mutations are too wild to say anything");
        foreach (var ((message, half), answer) in read.Zip(python))
        {
            var expected = JsonSerializer.Deserialize<string[]>(answer)!;
            var text = System.Text.Encoding.UTF8.GetString(message);
            Assert.True(expected[0] == half.Id.ToString(), $"id {half.Id}, Python {expected[0]}: {text}");
            Assert.True(
                double.Parse(expected[1], CultureInfo.InvariantCulture) == half.Value, $"value {half.Value}, Python {expected[1]}: {text}");
        }
    }

    private static byte[] Mutate(Random random)
    {
        var message = Valid[random.Next(Valid.Length)].ToList();
        for (var mutations = random.Next(1, 4); mutations > 0; mutations--)
        {
            var at = random.Next(message.Count + 1);
            var length = Math.Min(random.Next(1, 6), message.Count - at);
            switch (random.Next(5))
            {
                case 0: message.RemoveRange(at, length); break;
                case 1: message.InsertRange(at, Fragments[random.Next(Fragments.Length)]); break;
                case 2: message.InsertRange(at, message.GetRange(at, length)); break;
                case 3 when length > 0: message[at] = (byte)random.Next(256); break;
                default: message.InsertRange(at, Valid[random.Next(Valid.Length)]); break;
            }
        }

        return [.. message];
    }

    private static void AssertReadOrRejected(byte[] message)
    {
        foreach (var queue in Queues)
        {
            try
            {
                var (id, values, rejection) = Wire.Read(queue, message);
                Assert.True(id.HasValue != (rejection is not null));
                if (rejection is not null)
                {
                    Assert.Equal(message, rejection.Body.ToArray());
                    Assert.NotEmpty(rejection.Detail);
                }
                else
                {
                    Assert.All(values, value => Assert.True(double.IsFinite(value)));
                    Assert.NotEmpty(id!.Value.ToString());
                    Assert.True(ObservationId.TryParse(Wire.Bytes(id.Value.Token), false, out var again) && again == id);
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"{queue}, {Convert.ToBase64String(message)}: {e}");
            }
        }
    }
}
