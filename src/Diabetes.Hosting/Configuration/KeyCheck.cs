using Diabetes.Hosting.Configuration.Hocon;
using Diabetes.Hosting.Configuration.Sources;

namespace Diabetes.Hosting.Configuration;

/// <summary>
/// Compares a resolved document with the reference: it may have no other keys, sections only where the reference has sections, values only
/// where it has values. Keys below <c>akka</c> are not compared: only Akka and its plugins know them.
/// </summary>
internal sealed class KeyCheck
{
    private const string Akka = "akka";

    private readonly List<string> _known = [];
    private readonly List<string> _problems = [];

    /// <param name="reference">The parsed reference, not yet merged with anything: its keys are all there are.</param>
    /// <param name="document">The merged and resolved configuration.</param>
    public static IReadOnlyList<string> Problems(HoconObject reference, HoconObject document)
    {
        var check = new KeyCheck();
        check.Collect(reference, HoconPath.Root);
        check.Compare(reference, document, HoconPath.Root);
        return check._problems;
    }

    private void Collect(HoconObject section, HoconPath at)
    {
        foreach (var (key, field) in section.Fields)
        {
            _known.Add(at.Then(key).ToString());
            if (field.Layers[^1] is HoconObject inner)
            {
                Collect(inner, at.Then(key));
            }
        }
    }

    private void Compare(HoconObject reference, HoconObject section, HoconPath at)
    {
        foreach (var key in section.Fields.Keys)
        {
            var path = at.Then(key);
            if (path.Keys is [Akka])
            {
                continue;
            }

            var value = section[key]!;
            var expected = reference.Fields.GetValueOrDefault(key)?.Layers[^1];
            switch (expected, value)
            {
                case (null, _):
                    _problems.Add(Unknown(path.ToString(), FirstLeaf(value)));
                    break;
                case (HoconObject keys, HoconObject inner):
                    Compare(keys, inner, path);
                    break;
                case (HoconObject keys, _):
                    _problems.Add($"{value.Origin}: {path} is a section, not a value; its keys are {string.Join(", ", keys.Fields.Keys)}");
                    break;
                case (not HoconObject, HoconObject):
                    _problems.Add($"{FirstLeaf(value)}: {path} is a value, not a section");
                    break;
            }
        }
    }

    private string Unknown(string path, HoconOrigin origin)
    {
        var advice = NearestKey.Of(path, _known) switch
        {
            null => "hocon/reference.conf lists every key",
            var near when EnvironmentKeys.Is(origin) => $"did you mean {near} ({EnvironmentKeys.NameOf(near)})?",
            var near => $"did you mean {near}?",
        };
        return $"{origin}: there is no key {path}; {advice}";
    }

    // The environment and the command line set values; the sections above them have no line or variable of their own.
    private static HoconOrigin FirstLeaf(HoconNode value) =>
        value is HoconObject section && section.Fields.Keys.Select(key => section[key]).FirstOrDefault() is { } first
            ? FirstLeaf(first)
            : value.Origin;
}
