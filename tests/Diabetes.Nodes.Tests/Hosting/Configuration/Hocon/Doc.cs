using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Diabetes.Hosting.Configuration.Hocon;

namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

/// <summary>Documents in memory: what they mean, as compact JSON, or why they cannot be read.</summary>
internal sealed class Doc : IHoconFiles
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> _files = [];

    /// <summary>The file that <see cref="Json()"/> and <see cref="Error()"/> start from.</summary>
    public static readonly string Main = At("main.conf");

    public Dictionary<string, string> Environment { get; } = [];

    public string this[string file]
    {
        set => _files[At(file)] = value;
    }

    public static string At(string file) => Path.Combine(Path.GetTempPath(), "doc", file);

    public static string Json(string text) => new Doc { ["main.conf"] = text }.Json();

    public static string Error(string text) => new Doc { ["main.conf"] = text }.Error();

    /// <summary>A document that is an object.</summary>
    public static HoconObject Read(string text) => (HoconObject)new Doc { ["main.conf"] = text }.Resolved();

    public string Json() => ToJson(Resolved())?.ToJsonString(Compact) ?? "null";

    /// <returns>The message, with the main file's name cut off so that it starts with the line.</returns>
    public string Error() => Assert.Throws<HoconException>(() => Json()).Message.Replace(Main + ":", "");

    public HoconNode Resolved()
    {
        var parsed = HoconIncluder.Load(Main, this);
        var root = new HoconObject(parsed.Origin);
        root.Assign(new HoconPath(["root"]), parsed);
        return parsed is HoconObject whole
            ? HoconResolver.Resolve(whole, Environment.GetValueOrDefault)
            : HoconResolver.Resolve(root, Environment.GetValueOrDefault)["root"]!;
    }

    string? IHoconFiles.Read(string path) => _files.GetValueOrDefault(path);

    private static JsonNode? ToJson(HoconNode? node) => node switch
    {
        HoconObject section => new JsonObject(section.Fields.Keys.Select(key => KeyValuePair.Create(key, ToJson(section[key])))),
        HoconArray array => new JsonArray([.. array.Items.Select(ToJson)]),
        HoconLiteral { Kind: HoconLiteralKind.String } literal => JsonValue.Create(literal.Text),
        HoconLiteral literal => JsonNode.Parse(literal.Text),
        _ => throw new InvalidOperationException($"{node} is not resolved."),
    };
}
