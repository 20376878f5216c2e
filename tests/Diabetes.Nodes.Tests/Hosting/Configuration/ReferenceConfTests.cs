using System.Reflection;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Configuration.Hocon;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

/// <summary><c>hocon/reference.conf</c> and the settings in the code say the same.</summary>
public sealed class ReferenceConfTests
{
    private static readonly string ReferenceFile = Path.Combine(AppContext.BaseDirectory, "hocon", "reference.conf");

    private static readonly string[] Assemblies =
        ["Diabetes.Hosting", "Diabetes.Features", "Diabetes.Model", "Diabetes.Metric", "Diabetes.Plot", "Diabetes.AllInOne"];

    private static readonly IReadOnlyDictionary<string, HoconLiteral> Keys = Leaves(Reference(), HoconPath.Root)
        .ToDictionary(leaf => leaf.Path.ToString(), leaf => leaf.Value);

    private static readonly IReadOnlyList<ISetting> Declared =
        [.. Assemblies.SelectMany(name => SettingsIn(Assembly.Load(name).GetTypes()))];

    [Fact]
    public void Settings_Every_StandsInTheReference() => Assert.Empty(Declared.Select(setting => setting.Path).Except(Keys.Keys));

    [Fact]
    public void Keys_Every_IsDeclaredAsASetting() => Assert.Empty(Keys.Keys.Except(Declared.Select(setting => setting.Path)));

    [Fact]
    public void Settings_Every_IsDeclaredOnce() => Assert.Empty(Twice(Declared));

    [Fact]
    public void Settings_Every_TakesItsDefault() =>
        Assert.Empty(
            Declared.Where(setting => !setting.Accepts(Keys[setting.Path].Text)).Select(setting => $"{setting.Path}: {setting.Expected}"));

    [Fact]
    public void Keys_Every_HasACommentAbove()
    {
        var lines = File.ReadAllLines(ReferenceFile);

        Assert.Empty(Keys.Where(key => !IsCommented(lines, key.Value.Origin.Line)).Select(key => key.Key));
    }

    // Else the name of its environment variable would not lead back to the key.
    [Fact]
    public void Keys_Every_IsOfLettersDigitsAndDashes() =>
        Assert.All(Keys.Keys, key => Assert.Matches(@"^[a-z0-9-]+(\.[a-z0-9-]+)*$", key));

    [Theory]
    [InlineData("# c|a = 1", 2, true)]
    [InlineData("# c|a = 1|b = 2", 3, true)]
    [InlineData("# c|s {|  a = 1|  b = 2", 4, true)]
    [InlineData("s {|  # c|  a = 1", 3, true)]
    [InlineData("# c||a = 1", 3, false)]
    [InlineData("a = 1", 1, false)]
    [InlineData("# c|a = 1||b = 2", 4, false)]
    [InlineData("# c|s {|  a = 1|}|b = 2", 5, false)]
    public void IsCommented_Line_LooksUpToTheGroupsComment(string text, int line, bool commented) =>
        Assert.Equal(commented, IsCommented(text.Split('|'), line));

    [Fact]
    public void Twice_Path_IsFound() =>
        Assert.Equal(["a.b"], Twice([.. SettingsIn([typeof(One), typeof(Other)])]));

    private static bool IsCommented(string[] lines, int line)
    {
        for (var above = line - 2; above >= 0; above--)
        {
            var text = lines[above].Trim();
            if (text.Length == 0 || text == "}")
            {
                return false;
            }

            if (text.StartsWith('#'))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Twice(IEnumerable<ISetting> settings) =>
        settings.CountBy(setting => setting.Path).Where(path => path.Value > 1).Select(path => path.Key);

    private static IEnumerable<ISetting> SettingsIn(Type[] types) =>
        Setting.DeclaredIn([.. types.Where(type => !type.ContainsGenericParameters)]);

    private static HoconObject Reference() =>
        HoconResolver.Resolve((HoconObject)HoconIncluder.Load(ReferenceFile, new HoconDisk()), _ => null);

    private static IEnumerable<(HoconPath Path, HoconLiteral Value)> Leaves(HoconObject section, HoconPath at) =>
        section.Fields.Keys.SelectMany(key => section[key] switch
        {
            HoconObject inner => Leaves(inner, at.Then(key)),
            HoconLiteral literal => [(at.Then(key), literal)],
            var other => throw new InvalidOperationException($"{other?.Origin}: only single values so far."),
        });

    private static class One
    {
        public static readonly Setting<string> Setting = Diabetes.Hosting.Configuration.Setting.Text("a.b");
    }

    private static class Other
    {
        public static readonly Setting<int> Setting = Diabetes.Hosting.Configuration.Setting.Integer("a.b");
    }
}
