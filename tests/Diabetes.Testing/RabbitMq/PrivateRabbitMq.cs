using System.Diagnostics;
using System.Globalization;

namespace Diabetes.Testing.RabbitMq;

/// <summary>
/// A RabbitMQ of the test's own: free loopback ports, a folder of its own, nothing of the machine's. It listens in the clear and with TLS,
/// can be stopped, killed and started again on the same ports, and leaves nothing behind when disposed of.
/// </summary>
/// <remarks>The programs are called directly: the ones in sbin switch to a user of their own.</remarks>
public sealed class PrivateRabbitMq : IAsyncDisposable
{
    private const string ErlangArguments = "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS";
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(180);

    private readonly string _folder = Directory.CreateTempSubdirectory("private-rabbitmq-").FullName;
    private readonly int _port;
    private readonly int _tlsPort;
    private readonly int _epmdPort;
    private readonly Dictionary<string, string> _environment;
    private Process? _server;

    private PrivateRabbitMq()
    {
        var ports = FreePorts.Take(4);
        (_port, _tlsPort, _epmdPort) = (ports[0], ports[1], ports[2]);
        _environment = new Dictionary<string, string>
        {
            ["HOME"] = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName,
            ["ERL_EPMD_PORT"] = Text(_epmdPort),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"test{_port}@localhost",
            ["RABBITMQ_NODE_PORT"] = Text(_port),
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_DIST_PORT"] = Text(ports[3]),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            [ErlangArguments] = "-kernel inet_dist_use_interface {127,0,0,1}",
        };
    }

    /// <summary>Where it listens in the clear, for the user guest.</summary>
    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{_port}");

    /// <summary>Where it listens with TLS. Its certificate is for "localhost" and signed by <see cref="CaFile"/>.</summary>
    public Uri TlsUri => new($"amqps://guest:guest@localhost:{_tlsPort}");

    /// <summary>PEM file of the authority that signed the server's certificate; no other machine knows it.</summary>
    public string CaFile => Path.Combine(_folder, "ca.pem");

    /// <summary>Starts one and returns when it takes connections.</summary>
    /// <param name="configuration">More lines of its rabbitmq.conf.</param>
    public static Task<PrivateRabbitMq> OpenAsync(params string[] configuration) => OpenAsync(configuration, "");

    /// <summary>Starts one with more arguments of its virtual machine, and returns when it takes connections.</summary>
    public static Task<PrivateRabbitMq> OpenWithErlangAsync(string arguments) => OpenAsync([], arguments);

    /// <summary>Starts it, for the first time or again, and returns when it takes connections.</summary>
    public async Task StartAsync()
    {
        File.Delete(_environment["RABBITMQ_PID_FILE"]);
        _server = Launch("rabbitmq-server", []);
        var said = Drain(_server);
        var up = ControlAsync("wait", "--timeout", Text((int)SafetyNet.TotalSeconds), _environment["RABBITMQ_PID_FILE"]);
        if (await Task.WhenAny(up, _server.WaitForExitAsync()) != up)
        {
            throw new InvalidOperationException($"rabbitmq-server ended with code {_server.ExitCode} before it was up:\n{await said}");
        }

        await up;
    }

    /// <summary>Stops it as an operator would, and returns when it is gone. What is durable is kept.</summary>
    public Task StopAsync() => SignalAsync("TERM");

    /// <summary>Kills it without warning (SIGKILL), and returns when it is gone.</summary>
    public Task KillAsync() => SignalAsync("KILL");

    /// <summary>Runs <c>rabbitmqctl</c> with these arguments and returns what it printed.</summary>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        using var control = Launch("rabbitmqctl", ["--quiet", .. arguments]);
        var said = await Drain(control);
        await control.WaitForExitAsync().WaitAsync(SafetyNet);
        return control.ExitCode == 0
            ? said
            : throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)} ended with code {control.ExitCode}:\n{said}");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        using (var epmd = Launch("/usr/bin/epmd", ["-port", Text(_epmdPort), "-kill"]))
        {
            await Drain(epmd);
            await epmd.WaitForExitAsync().WaitAsync(SafetyNet);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PrivateRabbitMq> OpenAsync(string[] configuration, string erlangArguments)
    {
        var broker = new PrivateRabbitMq();
        broker._environment[ErlangArguments] += $" {erlangArguments}";
        try
        {
            broker.Configure(configuration);
            await broker.StartAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> Drain(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        return await output + await error;
    }

    private void Configure(string[] configuration)
    {
        ServerCertificate.Write(_folder);
        File.WriteAllText(Path.Combine(_folder, "enabled_plugins"), "[].\n");
        File.WriteAllText(Path.Combine(_folder, "rabbitmq.conf"), $"""
            listeners.ssl.1 = 127.0.0.1:{_tlsPort}
            ssl_options.cacertfile = {CaFile}
            ssl_options.certfile = {Path.Combine(_folder, "server.pem")}
            ssl_options.keyfile = {Path.Combine(_folder, "server.key")}
            ssl_options.verify = verify_none
            disk_free_limit.absolute = 50MB
            {string.Join('\n', configuration)}

            """);
    }

    private Process Launch(string program, IEnumerable<string> arguments)
    {
        var path = Path.Combine(Programs, program);
        if (!File.Exists(path))
        {
            throw new InvalidOperationException(
                $"{path} is not there: these tests run a RabbitMQ of their own. "
                + $"Install it (Debian: apt-get install rabbitmq-server).");
        }

        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start.");
    }

    private async Task SignalAsync(string signal)
    {
        // The script stays the parent of the virtual machine, whose number is in the file; both are gone when the script is.
        if (_server is not { HasExited: false } server)
        {
            return;
        }

        if (File.Exists(_environment["RABBITMQ_PID_FILE"]))
        {
            var pid = (await File.ReadAllTextAsync(_environment["RABBITMQ_PID_FILE"])).Trim();
            using var kill = Process.Start("kill", [$"-{signal}", pid]);
            await kill.WaitForExitAsync();
        }
        else
        {
            server.Kill(entireProcessTree: true);
        }

        await server.WaitForExitAsync().WaitAsync(SafetyNet);
        server.Dispose();
        _server = null;
    }
}
