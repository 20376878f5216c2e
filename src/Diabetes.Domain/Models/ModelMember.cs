using System.Text.Json;

namespace Diabetes.Domain.Models;

/// <summary>Wraps a member of a model file together with its path, so that an error can say where it is.</summary>
internal readonly struct ModelMember(JsonElement json, string file, string path = "")
{
    public ModelMember this[string name] => json.ValueKind != JsonValueKind.Object
        ? throw Wrong("an object was expected.")
        : json.TryGetProperty(name, out var member) ? new(member, file, path.Length == 0 ? name : $"{path}.{name}")
        : throw Wrong($"{name} is missing.");

    public IEnumerable<ModelMember> Items
    {
        get
        {
            if (json.ValueKind != JsonValueKind.Array)
            {
                throw Wrong("a list was expected.");
            }

            var (name, within) = (file, path);
            return json.EnumerateArray().Select((item, index) => new ModelMember(item, name, $"{within}[{index}]"));
        }
    }

    public string Text => json.ValueKind == JsonValueKind.String ? json.GetString()! : throw Wrong("a string was expected.");

    public double Number => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Wrong("a finite number was expected.");

    public int Count => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var count) && count > 0
        ? count
        : throw Wrong("a whole number above 0 was expected.");

    public ModelKind Kind
    {
        get
        {
            var name = Text;
            var kinds = Enum.GetValues<ModelKind>();
            var index = Array.FindIndex(kinds, kind => NameOf(kind) == name);
            return index >= 0
                ? kinds[index]
                : throw Wrong($"\"{name}\" is not a kind of model; use {string.Join(" or ", kinds.Select(NameOf))}.");
        }
    }

    public static string NameOf(ModelKind kind) => kind.ToString().ToLowerInvariant();

    public ModelFileException Wrong(string what) => new($"{file}{(path.Length == 0 ? "" : $", {path}")}: {what}");
}
