using System.Globalization;
using System.Text.RegularExpressions;

namespace Diabetes.Nodes.Tests.RepoShape;

/// <summary>An event id means one message in the whole system, and its thousands say which project logs it.</summary>
public sealed partial class EventIdsTests
{
    private static readonly Dictionary<string, int> Thousands = new()
    {
        ["Diabetes.Amqp"] = 1,
        ["Diabetes.Hosting"] = 2,
        ["Diabetes.Features"] = 3,
        ["Diabetes.Model"] = 4,
        ["Diabetes.Metric"] = 5,
        ["Diabetes.Plot"] = 6,
        ["Diabetes.AllInOne"] = 7,
        ["Diabetes.Cli"] = 8,
        ["Diabetes.Ledger"] = 9,
    };

    [Fact]
    public void Sources_EveryLogMessage_HasAnIdOfItsOwn()
    {
        Assert.NotEmpty(Repo.CSharp.SelectMany(Ids));
        Assert.Empty(Violations(Repo.CSharp));
    }

    [Theory]
    [InlineData("[LoggerMessage(1000, LogLevel.Information, \"x\")]")]
    [InlineData("[LoggerMessage(EventId = 1000, Level = LogLevel.Information, Message = \"x\")]")]
    [InlineData("[LoggerMessage(\n    Level = LogLevel.Information,\n    EventId = 1000)]")]
    public void Violations_IdWithinTheProjectsRange_AreNone(string code) => Assert.Empty(Violations([new("src/Diabetes.Amqp/Log.cs", code)]));

    [Fact]
    public void Violations_Otherwise_AreNamed()
    {
        Assert.Equal(["event id 1000 is used 2 times"], Violations([new("src/Diabetes.Amqp/Log.cs", "[LoggerMessage(1000, )] [LoggerMessage(1000, )]")]));
        Assert.Equal(["src/Diabetes.Hosting/Log.cs: event id 1000 is not in 2000 to 2999"], Violations([new("src/Diabetes.Hosting/Log.cs", "[LoggerMessage(1000, )]")]));
        Assert.Equal(["src/Diabetes.Amqp/Log.cs: a log message has no event id"], Violations([new("src/Diabetes.Amqp/Log.cs", "[LoggerMessage(LogLevel.Debug, \"1000\")]")]));
        Assert.Equal(["src/Diabetes.Amqp/A.cs: log messages stand in Log.cs"], Violations([new("src/Diabetes.Amqp/A.cs", "[LoggerMessage(1000, )]")]));
        Assert.Equal(["src/Diabetes.Domain/Log.cs: this project does not log"], Violations([new("src/Diabetes.Domain/Log.cs", "[LoggerMessage(1000, )]")]));
    }

    private static IEnumerable<string> Violations(IEnumerable<SourceFile> files)
    {
        var logging = files.Where(file => file.Top == "src" && Attribute().IsMatch(file.Code)).ToArray();
        return
        [
            .. logging.SelectMany(Misplaced),
            .. logging.SelectMany(Ids).OfType<int>().CountBy(id => id).Where(id => id.Value > 1).Select(id => $"event id {id.Key} is used {id.Value} times"),
        ];
    }

    private static IEnumerable<string> Misplaced(SourceFile file)
    {
        if (!Thousands.TryGetValue(file.Project, out var thousand))
        {
            return [$"{file.Path}: this project does not log"];
        }

        return file.Name != "Log.cs"
            ? [$"{file.Path}: log messages stand in Log.cs"]
            : Ids(file).Where(id => id / 1000 != thousand).Select(id => id is null
                ? $"{file.Path}: a log message has no event id"
                : $"{file.Path}: event id {id} is not in {thousand}000 to {thousand}999");
    }

    private static IEnumerable<int?> Ids(SourceFile file) => file.Top != "src" ? [] : Attribute().Matches(file.Code).Select(match =>
        Id().Match(match.Value) is { Success: true } id ? int.Parse(id.Groups["id"].Value, CultureInfo.InvariantCulture) : (int?)null);

    [GeneratedRegex(@"\[LoggerMessage\([^\]]*\]")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"(?:\[LoggerMessage\(\s*|EventId\s*=\s*)(?<id>\d+)")]
    private static partial Regex Id();
}
