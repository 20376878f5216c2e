using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Diabetes.Nodes.Tests.House;

/// <summary>An event id means one message in the whole system, and its thousands say which project logs it.</summary>
public sealed class EventIdsTests
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

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

    private static readonly (MethodInfo Method, LoggerMessageAttribute Message)[] Messages =
    [
        .. Repo.Projects.Where(project => project.IsSource)
            .SelectMany(project => Assembly.Load(project.Assembly).GetTypes())
            .SelectMany(type => type.GetMethods(Any))
            .Select(method => (Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(found => found.Message is not null)
            .Select(found => (found.Method, found.Message!)),
    ];

    [Fact]
    public void Messages_EveryProjectThatLogs_IsLookedAt() =>
        Assert.Superset(
            new HashSet<string> { "Diabetes.Amqp", "Diabetes.Hosting", "Diabetes.Ledger", "Diabetes.Metric" },
            Messages.Select(log => Project(log.Method)).ToHashSet());

    [Fact]
    public void Messages_EveryEventId_IsUsedOnce() => Assert.Empty(Messages
        .GroupBy(log => log.Message.EventId)
        .Where(same => same.Count() > 1)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Select(log => log.Method.Name))}"));

    [Fact]
    public void Messages_EveryEventId_IsInTheRangeOfItsProject() => Assert.Empty(Messages
        .Where(log => log.Message.EventId / 1000 != Thousands.GetValueOrDefault(Project(log.Method)))
        .Select(log => $"{log.Method.Name}: {log.Message.EventId}"));

    [Fact]
    public void Messages_EachOfThem_StandsInTheLogOfItsProject() => Assert.Empty(Messages
        .Where(log => log.Method.DeclaringType!.Name != "Log")
        .Select(log => $"{log.Method.DeclaringType!.FullName}.{log.Method.Name}"));

    // The default text of a TimeSpan is that of a program: 00:00:10.
    [Fact]
    public void Messages_ATimeInThem_IsWrittenAsAUserWritesIt() => Assert.Empty(Messages
        .Where(log => log.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(TimeSpan)))
        .Select(log => log.Method.Name));

    private static string Project(MethodInfo method) =>
        Repo.Projects.Single(project => project.Assembly == method.DeclaringType!.Assembly.GetName().Name).Name;
}
