using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Akka.Hosting;
using Diabetes.AllInOne;
using Diabetes.Features;
using Diabetes.Hosting;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Configuration.Hocon;
using Diabetes.Hosting.Shutdown;
using Diabetes.Metric;
using Diabetes.Model;
using Diabetes.Nodes.Tests.Support.Processes;
using Diabetes.Plot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Hosting;

/// <summary>
/// No configuration mistake ends in a stack trace: whatever one key is set to, each node starts, or is refused with one line that names the
/// key (which <see cref="NodeHost"/> prints before it returns 2).
/// </summary>
public sealed class HostileConfigurationTests : IDisposable
{
    /// <summary>
    /// Every value is checked. A start takes time, so one accepted value of so many is started; over the keys and nodes each has its turn.
    /// HOSTILE_ONE_START_OF=1 starts all of them.
    /// </summary>
    private static readonly int OneStartOf = int.Parse(
        Environment.GetEnvironmentVariable("HOSTILE_ONE_START_OF") ?? "67", CultureInfo.InvariantCulture);

    private static readonly string[] Texts =
    [
        "", " ", "0", "1", "-1", "1.5", "NaN", "Infinity", "-Infinity", "1e400", "99999999999999999999999999", "5s", "-5s", "1e300 days",
        "10 parsecs", "1TiB", "true", "null", "text", "a,b", "a,a", ",,", "..", "/", "/nowhere/file", "a\tb\r\nc", "a\u0001\u001b[31m",
        "a\0b", "\ud800", "\u202etxt", "x.png", new string('x', 300), $"{new string('x', 300)}.png",
        new string('\u00e4', 5000), "amqp://", "amqp://h:99999", "amqp://u:p/w@h", "amqp://u:5/w@h", "amqp://u:p:w@h", "amqp://h/a/b",
        "amqp://h?heartbeat=x", "amqp://h?channel_max=1", "amqp://[::1", "amqps://h", "postgres://", "postgres://h",
        "postgres://h:99999/d", "postgres://u:p/w@h/d", "postgres://h/d?a=b", "postgres://h/d?sslmode=maybe",
        "postgres://h/d?timeout=-1", "uniform(5s, 1s)", "exponential(-1s)", "uniform(0s, NaN)",
    ];

    private static readonly string[] Hocon = ["[]", "[1, 2]", "{}", "{ a = 1 }", "null", "${?nowhere}", "[{ a = [] }]"];

    private static readonly IReadOnlyList<ISetting> Shared = Setting.DeclaredIn(
        typeof(AmqpSettings), typeof(WireSettings), typeof(NodeSettings), typeof(QueueSettings), typeof(LedgerSettings));

    /// <summary>The last part of the keys whose values are no numbers and no words of a list.</summary>
    private static readonly string[] FreeTexts = ["path", "file", "dataset", "name", "models", "schema", "server-name", "ca-file"];

    private readonly string _folder = Directory.CreateTempSubdirectory("hostile-").FullName;
    private int _starts;

    public static TheoryData<NodeRecipe> Nodes =>
        [FeaturesNode.Recipe, ModelNode.Recipe, MetricNode.Recipe, PlotNode.Recipe, AllInOneNode.Recipe];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Nodes))]
    public async Task Node_AnyKeyOfAnyValue_StartsOrNamesTheKey(NodeRecipe node)
    {
        var flaws = new ConcurrentBag<string>();
        var cases = Keys().SelectMany(key => Hostile(node, key).Select(text => (Key: key, Text: text)))
            .Select((one, place) => (one.Key, one.Text, IsStarted: place % OneStartOf == 0));
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (one, _) =>
        {
            if (await FlawAsync(node, one.Key, one.Text, one.IsStarted) is { } flaw)
            {
                flaws.Add($"{one.Key} = {Shortened(one.Text)}: {flaw}");
            }
        });

        Assert.True(flaws.IsEmpty, string.Join('\n', flaws.Order(StringComparer.Ordinal)));
        Assert.True(_starts > 0, "No value was started.");
    }

    private async Task<string?> FlawAsync(NodeRecipe node, string key, string text, bool isStarted)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        var file = Path.Combine(folder, "hostile.conf");
        await File.WriteAllTextAsync(
            file,
            $"""
            logs.path = {Escaped(Path.Combine(folder, "logs"))}
            drain-timeout = 5s
            {(key == "metric.postgres.uri" ? "metric.store = postgres" : "")}
            {(key.StartsWith("amqp.tls", StringComparison.Ordinal) ? "amqp.uri = \"amqps://localhost\"" : "")}
            {key} = {text}
            """);
        try
        {
            var settings = Settings.Load(
                node.Name, ["--config", file], node.Options, environment: new Dictionary<string, string>());
            settings.Check(node.Settings, node.Rules);
            node.Check(settings);
            await AmqpFactory.Open(node.Name, settings, TimeProvider.System, NullLoggerFactory.Instance).DisposeAsync();
            return isStarted && settings.Get(LedgerSettings.Kind) == StoreKind.Sqlite ? await StartAsync(node, settings) : null;
        }
        catch (SettingsException refused)
        {
            var named = key.StartsWith("akka", StringComparison.Ordinal) ? "akka" : key;
            return refused.Message.Contains(named, StringComparison.Ordinal) && !refused.Message.Any(char.IsControl)
                ? null
                : $"is refused with: {refused.Message}";
        }
        catch (Exception other)
        {
            return $"{other}";
        }
    }

    /// <summary>
    /// The values for a key: on the all-in-one, which has every key, all that are no text, and one text that is refused, since all such
    /// texts are refused in the same way; on the nodes that read the key, every text that its setting accepts.
    /// </summary>
    private string[] Hostile(NodeRecipe node, string key)
    {
        var setting = node.Settings.Concat(Shared).FirstOrDefault(setting => setting.Path == key);
        var texts = Texts.Append(_folder).Select(text => Inside(key, text)).ToLookup(text => setting?.Accepts(text) ?? false);
        return
        [
            .. IsRead(node, key) || setting is null ? texts[true].Select(Escaped) : [],
            .. node.Name == "all-in-one" ? texts[false].Take(1).Select(Escaped).Concat(Hocon) : [],
        ];
    }

    /// <summary>Starts the actors of a node over queues in the process, and ends them.</summary>
    private async Task<string?> StartAsync(NodeRecipe node, Settings settings)
    {
        Interlocked.Increment(ref _starts);
        var drain = new DrainLog();
        using var host = HostedNode.Build(node, settings, drain);
        host.Services.GetRequiredService<AkkaConfigurationBuilder>();
        AkkaSetup.Create(host.Services);
        await host.StartAsync();
        await host.StopAsync().WaitAsync(SafetyNet.Long);
        return drain.Left.Count == 0 ? null : $"leaves {string.Join("; ", drain.Left)}";
    }

    private static bool IsRead(NodeRecipe node, string key) => node.Name == "all-in-one"
        ? FreeTexts.Contains(key.Split('.')[^1])
        : Shared.Concat(node.Settings).Any(setting => setting.Path == key);

    private static IEnumerable<string> Keys()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "hocon", "reference.conf");
        var reference = HoconResolver.Resolve((HoconObject)HoconIncluder.Load(file, new HoconDisk()), _ => null);
        return Below(reference, HoconPath.Root).Select(path => path.ToString()).Append("akka.loglevel").Append("akka.actor");
    }

    private static IEnumerable<HoconPath> Below(HoconObject section, HoconPath at) => section.Fields.Keys.SelectMany(key =>
        section[key] is HoconObject inner ? Below(inner, at.Then(key)).Prepend(at.Then(key)) : [at.Then(key)]);

    // A node makes the folder of logs.path, so those folders are below the test's own.
    private string Inside(string key, string text) => key == "logs.path" && text.Length > 0 ? $"{_folder}/{text}" : text;

    private static string Escaped(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            result.Append(c is < ' ' or > '~' or '"' or '\\' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c);
        }

        return result.Append('"').ToString();
    }

    private static string Shortened(string text) => text.Length > 60 ? $"{text[..60]}.. ({text.Length})" : text;
}
