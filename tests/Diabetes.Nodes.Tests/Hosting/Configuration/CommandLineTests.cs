using Diabetes.Features;
using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

public sealed class CommandLineTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--amqp", "amqps://host", "amqp.uri")]
    [InlineData("--logs", "elsewhere", "logs.path")]
    [InlineData("--rate", "0", "features.rate")]
    [InlineData("--rate", "-5", "features.rate")]
    [InlineData("--count", "5000", "features.count")]
    [InlineData("--label-delay", "uniform(0s, 5s)", "features.label-delay")]
    [InlineData("--seed", "42", "features.seed")]
    public void Load_Option_SetsItsKey(string option, string value, string path)
    {
        foreach (var node in (string[])["features", "all-in-one"])
        {
            Assert.Equal(value, _folder.Load(node, option, value).Get(Setting.Text(path)));
            Assert.Equal(value, _folder.Load(node, $"{option}={value}").Get(Setting.Text(path)));
        }
    }

    [Fact]
    public void Load_SetTwice_SetsBoth()
    {
        var settings = _folder.Load("metric", "--set", "plot.theme=dark", "--set", "metric.ledger.delimiter==");

        Assert.Equal("dark", settings.Get(Setting.Text("plot.theme")));
        Assert.Equal("=", settings.Get(Setting.Text("metric.ledger.delimiter")));
    }

    [Theory]
    [InlineData("model", "--rate")]
    [InlineData("metric", "--count")]
    [InlineData("plot", "--label-delay")]
    [InlineData("plot", "--seed")]
    public void Load_OptionOfOtherNodes_IsUnknown(string node, string option) => Assert.Equal(
        [$"command line: Unrecognized command or argument '{option}=1'. Try --help"],
        _folder.Problems(node, [], $"{option}=1"));

    [Theory]
    [InlineData("command line: Unrecognized command or argument '--speed'. Try --help", "--speed")]
    [InlineData("command line: Unrecognized command or argument 'fast'. Try --help", "fast")]
    [InlineData("command line: Unrecognized command or argument 'amqp://me:***@host'. Try --help", "amqp://me:secret@host")]
    [InlineData("command line: Required argument missing for option: '--rate'. Try --help", "--rate")]
    [InlineData("command line: Option '--rate' expects a single argument but 2 were provided. Try --help", "--rate", "1", "--rate", "2")]
    [InlineData("option --set: \"features.rate\" has no '='; expected KEY=VALUE", "--set", "features.rate")]
    [InlineData("option --set a..b:1: a path has an empty key: remove a dot, or write the empty key as \"\"", "--set", "a..b=1")]
    public void Load_LineThatMakesNoSense_Fails(string problem, params string[] args) =>
        Assert.Equal([problem], _folder.Problems("features", [], args));

    [Fact]
    public void Load_ArgumentWithAt_IsNoFileOfArguments() =>
        Assert.Equal("@x", _folder.Load("features", "--logs", "@x").Get(NodeSettings.LogsPath));

    [Fact]
    public void Load_MissingConfigFile_Fails() =>
        Assert.Equal(
            [$"{_folder.At("none.conf")}: there is no such file: correct the path"],
            _folder.Problems("features", [], "--config", _folder.At("none.conf")));

    [Fact]
    public void Load_FileWithSyntaxError_NamesFileAndLine()
    {
        _folder["mine.conf"] = "a = 1\n}";

        Assert.Equal(
            [$"{_folder.At("mine.conf")}:2: '}}' stands where a key should be"],
            _folder.Problems("features", [], "--config", _folder.At("mine.conf")));
    }

    [Fact]
    public void Load_FileWithArray_Fails()
    {
        _folder["mine.conf"] = "[1]";

        Assert.Equal(
            [$"{_folder.At("mine.conf")}:1: a configuration must be an object, not an array"],
            _folder.Problems("features", [], "--config", _folder.At("mine.conf")));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void Help_Asked_NamesEveryOptionOfTheNode(string option)
    {
        var help = Settings.Help("features", [option], FeaturesSettings.Options);

        Assert.NotNull(help);
        string[] names =
        [
            "--amqp <URI>", "--logs <DIR>", "--rate <PER_SECOND>", "--count <N>", "--label-delay <DURATION>", "--seed <N>",
            "--config <FILE>", "--set <KEY=VALUE>", "[features.rate]",
        ];
        Assert.All(names, name => Assert.Contains(name, help));
    }

    [Fact]
    public void Help_OfANode_LeavesOutWhatItDoesNotTake() => Assert.DoesNotContain("--rate", Settings.Help("metric", ["--help"], []));

    [Theory]
    [InlineData]
    [InlineData("--rate", "1")]
    [InlineData("--nonsense")]
    public void Help_NotAsked_IsNull(params string[] args) => Assert.Null(Settings.Help("features", args, FeaturesSettings.Options));
}
