using Diabetes.Cli;
using Diabetes.Hosting;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Nodes.Tests.Hosting;

/// <summary>What came from outside reaches neither a log nor the CLI as more than the characters of one line.</summary>
public sealed class PrintableTests
{
    public static TheoryData<string, string> Texts => new()
    {
        { "plain größe 北 😀\tid", "plain größe 北 😀\tid" },
        { "a\u001b[2Jb", "a.[2Jb" },
        { "a\r\nfail: metric[1] forged", "a..fail: metric[1] forged" },
        { "a\u0085b\u009bc\u2028d\u2029e", "a.b.c.d.e" },
        { "\u202eabc\u2066d\u200f\ufeff", ".abc.d.." },
        { "tag \U000E0041", "tag ." },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Line_HiddenCharacters_AreDots(string text, string line) => Assert.Equal(line, Printable.Line(text));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Log_HiddenCharacters_AreDots(string text, string line)
    {
        var provider = new Lines();
        using var log = new PrintableLog(LoggerFactory.Create(logging => logging.AddProvider(provider)));
        Diabetes.Hosting.Log.SetAsideQueueTaken(log.CreateLogger("metric"), text);
        Diabetes.Hosting.Log.NodeFailed(log.CreateLogger("metric"), "Failed.", text, new InvalidOperationException(text));
        Assert.Equal($"Queue '{line}' takes set-aside messages again", provider.Written[0]);
        Assert.StartsWith($"Failed. {line.Split('.')[0]}", provider.Written[1], StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: ", provider.Written[1], StringComparison.Ordinal);
        Assert.Equal(Printable.Line(provider.Written[1]), provider.Written[1]);
    }

    [Fact]
    public void Log_OfANode_IsPrintable()
    {
        using var log = ConsoleLog.Create();
        Assert.IsType<PrintableLog>(log);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void WriteLine_HiddenCharacters_AreDots(string text, string line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var console = new LineWriter(output);
        console.WriteLine(text);
        Assert.Equal(line + "\n", output.ToString());
    }

    [Fact]
    public void WriteLine_PasswordOfAMistypedOption_IsMasked()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var console = new LineWriter(output, masks: true);
        console.WriteLine("Unrecognized command or argument '--ampq=amqp://me:s3cret@host'.");
        console.Write("Unrecognized command or argument 'me:s3cret@host'.\n");
        Assert.Equal(
            "Unrecognized command or argument '--ampq=amqp://me:***@host'.\nUnrecognized command or argument 'me:***@host'.\n",
            output.ToString());
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
