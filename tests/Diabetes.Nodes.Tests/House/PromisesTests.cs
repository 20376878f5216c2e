using System.Text.RegularExpressions;

namespace Diabetes.Nodes.Tests.House;

/// <summary>Every promise of docs/delivery-guarantees.md names a test, and every test that it names exists.</summary>
public sealed partial class PromisesTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repo.Root, "docs", "delivery-guarantees.md"));

    private static readonly string[] Promises = [.. Promise().Matches(Text).Select(promise => promise.Value)];

    [Fact]
    public void Promises_EachOfThem_NamesATest()
    {
        Assert.True(Promises.Length > 50, $"Only {Promises.Length} promises were found.");
        Assert.All(Promises, promise => Assert.Matches(Test(), promise));
    }

    [Fact]
    public void Tests_ThatAreNamed_Exist()
    {
        var sources = string.Concat(Repo.Files("*.cs").Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(file => file.Text));
        Assert.All(
            Test().Matches(Text).Select(test => test.Groups["name"].Value).Distinct(),
            name => Assert.Matches($@"\b(class|void|Task) {name}\b", sources));
    }

    // A point of a list, with the lines that belong to it.
    [GeneratedRegex(@"^- .*(\n  .*)*", RegexOptions.Multiline)]
    private static partial Regex Promise();

    // A test as these projects name them, or a class of tests. A variable such as CHAOS_SEED has no small letters.
    [GeneratedRegex(@"`(?<name>[A-Z]\w*[a-z]\w*_\w+|\w+Tests)`")]
    private static partial Regex Test();
}
