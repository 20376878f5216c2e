using System.Text;

namespace Diabetes.Nodes.Tests.EndToEnd.Malformed;

/// <summary>A message that no service could use, and the word that the quarantine has for it.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Reason">As in the quarantine.</param>
/// <param name="Body">What is sent.</param>
internal sealed record MalformedMessage(string Name, string Reason, byte[] Body)
{
    /// <summary>Bytes of a message that a quarantine keeps.</summary>
    private const int Kept = 4096;

    private static readonly string[] Halves = ["y_true", "y_pred"];
    private static readonly string Deep = new string('[', 40) + new string(']', 40);

    /// <summary>Bad on whichever queue.</summary>
    private static readonly MalformedMessage[] Everywhere =
    [
        new("nothing", "Empty", []),
        new("bytes", "NotUtf8", [0xC3, 0x28, 0xFF]),
        new("latin-1", "NotUtf8", Encoding.Latin1.GetBytes("""{"id": "größe", "body": 1.0}""")),
        new("utf-16", "NotJson", Encoding.Unicode.GetBytes("""{"id": 11.5, "body": 1.0}""")),
        Of("text", "NotJson", "hello"),
        Of("repr", "NotJson", "{'id': 12.5, 'body': 1.0}"),
        Of("torn", "NotJson", """{"id": 13.5, "body": """),
        Of("trailing garbage", "NotJson", """{"id": 14.5, "body": 1.0} and more"""),
        Of("two in one", "NotJson", """{"id": 15.5, "body": 1.0}{"id": 16.5, "body": 1.0}"""),
        Of("too large", "TooLarge", $$"""{"id": 17.5, "body": 1.0, "padding": "{{new string('x', 70_000)}}"}"""),
        Of("too deep", "TooDeep", $$"""{"id": 18.5, "body": {{Deep}}}"""),
        Of("no id", "NoId", """{"body": 1.0}"""),
        Of("no id but a uuid inside", "NoId", """{"key": "3f2a1b4c-0000-4000-8000-000000000000", "body": 1.0}"""),
        Of("list without id", "NoId", "[1.0]"),
        Of("id null", "BadId", """{"id": null, "body": 1.0}"""),
        Of("id true", "BadId", """{"id": true, "body": 1.0}"""),
        Of("id NaN", "BadId", """{"id": NaN, "body": 1.0}"""),
        Of("id list", "BadId", """{"id": [1], "body": 1.0}"""),
        Of("id empty", "BadId", """{"id": "", "body": 1.0}"""),
        Of("id long", "BadId", $$"""{"id": "{{new string('x', 300)}}", "body": 1.0}"""),
        Of("id twice", "Ambiguous", """{"id": 19.5, "id": 20.5, "body": 1.0}"""),
    ];

    /// <summary>Bad on the queues that carry a value.</summary>
    private static readonly MalformedMessage[] OfValues =
    [
        Of("null", "NoId", "null"),
        Of("bare scalar", "NoId", "295.0"),
        Of("bare string", "NoId", "\"295.0\""),
        Of("no value", "NoValue", """{"id": 21.5}"""),
        Of("value elsewhere", "NoValue", """{"id": 22.5, "data": 1.0}"""),
        Of("value null", "NotANumber", """{"id": 23.5, "body": null}"""),
        Of("value true", "NotANumber", """{"id": 24.5, "body": true}"""),
        Of("value string", "NotANumber", """{"id": 25.5, "body": "295.0"}"""),
        Of("value NaN", "NotANumber", """{"id": 26.5, "body": NaN}"""),
        Of("value Infinity", "NotANumber", """{"id": 27.5, "body": Infinity}"""),
        Of("value -Infinity", "NotANumber", """{"id": 28.5, "body": -Infinity}"""),
        Of("value twice", "Ambiguous", """{"id": 29.5, "body": 1.0, "body": 2.0}"""),
    ];

    private static readonly MalformedMessage[] OfHalves =
    [
        Of("value object", "NotANumber", """{"id": 30.5, "body": {"value": 1.0}}"""),
        Of("value list", "NotANumber", """{"id": 31.5, "body": [1.0]}"""),
        Of("value beyond a float", "NotANumber", """{"id": 32.5, "body": 1e999}"""),
    ];

    private static readonly MalformedMessage[] OfFeatures =
    [
        Of("nine features", "WrongLength", """{"id": 33.5, "body": [1, 2, 3, 4, 5, 6, 7, 8, 9]}"""),
        Of("eleven features", "WrongLength", """{"id": 34.5, "body": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}"""),
        Of("no features", "WrongLength", """{"id": 35.5, "body": []}"""),
        Of("a feature null", "NotANumber", """{"id": 36.5, "body": [1, 2, 3, 4, null, 6, 7, 8, 9, 10]}"""),
        Of("a feature NaN", "NotANumber", """{"id": 37.5, "body": [1, 2, 3, 4, NaN, 6, 7, 8, 9, 10]}"""),
        Of("a feature string", "NotANumber", """{"id": 38.5, "body": [1, 2, 3, 4, "5", 6, 7, 8, 9, 10]}"""),
        Of("a list of rows", "NotANumber", """{"id": 39.5, "body": [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]}"""),
        Of("a scalar", "NotANumber", """{"id": 40.5, "body": 1.0}"""),
        // In the spelling of our own writer: what was read and is refused later is spelled again.
        Of("prediction that overflows", "NotANumber", $$"""{"id":41.5,"body":[{{string.Join(',', Enumerable.Repeat("1e+308", 10))}}]}"""),
        Of("a name missing", "MissingFeature", """{"id": 42.5, "body": {"age": 1, "sex": 2, "bmi": 3}}"""),
    ];

    private static readonly MalformedMessage[] OfNotifications =
    [
        Of("null", "BadId", "null"),
        Of("bare false", "BadId", "false"),
        Of("bare NaN", "BadId", "NaN"),
    ];

    public static IEnumerable<(string Queue, MalformedMessage Message)> All =>
    [
        .. Pairs(["features", .. Halves, "notification"], Everywhere),
        .. Pairs(["features", .. Halves], OfValues),
        .. Pairs(Halves, OfHalves),
        .. Pairs(["features"], OfFeatures),
        .. Pairs(["notification"], OfNotifications),
    ];

    /// <summary>What the set-aside queue keeps: all of it, unless it is too large to be read.</summary>
    public ReadOnlySpan<byte> WholeBody => Reason == "TooLarge" ? KeptBody : Body;

    /// <summary>What of the body must be in the quarantine.</summary>
    public ReadOnlySpan<byte> KeptBody => Body.AsSpan(0, Math.Min(Body.Length, Kept));

    public static MalformedMessage Find(string queue, string name) =>
        All.Single(entry => entry.Queue == queue && entry.Message.Name == name).Message;

    private static MalformedMessage Of(string name, string reason, string body) => new(name, reason, Encoding.UTF8.GetBytes(body));

    private static IEnumerable<(string Queue, MalformedMessage Message)> Pairs(string[] queues, MalformedMessage[] messages) =>
        queues.SelectMany(queue => messages.Select(message => (queue, message)));
}
