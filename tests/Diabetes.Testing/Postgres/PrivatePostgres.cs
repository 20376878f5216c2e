using System.Diagnostics;
using System.Globalization;
using Diabetes.Testing.RabbitMq;

namespace Diabetes.Testing.Postgres;

/// <summary>
/// Runs a PostgreSQL server for one test: it has a free loopback port and a folder of its own, and uses nothing else of the machine.
/// It can be stopped, killed and started again on the same port, and leaves nothing behind when disposed of.
/// </summary>
/// <remarks>
/// PostgreSQL refuses to run as root, so a test that is root runs it as the user that Debian's package makes.
/// The server runs without fsync: these tests kill its processes, they do not cut the power.
/// </remarks>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Installations = "/usr/lib/postgresql";
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("private-postgres-").FullName;
    private readonly int _port = FreePorts.Take(1)[0];
    private readonly string _programs = Programs();

    private PrivatePostgres()
    {
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts one and returns when it takes connections.</summary>
    public static async Task<PrivatePostgres> OpenAsync()
    {
        var server = new PrivatePostgres();
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", ["postgres", server._folder]);
            }

            await server.RunAsUserAsync(
                "initdb",
                ["-D", server.Data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]);
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where its database of this name is, for a user who may do anything; makes it.</summary>
    public async Task<Uri> CreateDatabaseAsync(string name)
    {
        await SqlAsync("postgres", $"CREATE DATABASE {name}");
        return UriOf(name);
    }

    /// <summary>Where the database of this name is, if it is there.</summary>
    public Uri UriOf(string database) => new($"postgres://test@127.0.0.1:{_port}/{database}");

    /// <summary>Runs statements with psql, as an operator would. Returns what they print: a row a line, bars between columns.</summary>
    public Task<string> SqlAsync(string database, string sql) => RunAsUserAsync(
        "psql",
        ["-h", "127.0.0.1", "-p", Text(_port), "-U", "test", "-d", database, "-v", "ON_ERROR_STOP=1", "-X", "-q", "-A", "-t", "-c", sql]);

    /// <summary>Starts the server, for the first time or again, and returns when it takes connections.</summary>
    public Task StartAsync() => ControlAsync(
        "start",
        "-l",
        Path.Combine(_folder, "log"),
        "-o",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off -c max_connections=40");

    /// <summary>Stops it as an operator would, breaking connections, and returns when it is gone.</summary>
    public Task StopAsync() => ControlAsync("stop", "-m", "fast");

    /// <summary>Lets it die without a word to its clients, and returns when it is gone; the next start recovers.</summary>
    public Task KillAsync() => ControlAsync("stop", "-m", "immediate");

    /// <summary>
    /// Kills every process of the server at once (SIGKILL), as a machine that is out of memory does, and returns when they are gone.
    /// None of them tidies up, so the next start recovers.
    /// </summary>
    public async Task KillOutrightAsync()
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        // A stopped postmaster starts no more processes.
        await RunAsync("kill", ["-STOP", postmaster]);
        var children = await RunAsync("ps", ["--ppid", postmaster, "-o", "pid="]);
        string[] all = [postmaster, .. children.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        await RunAsync("kill", ["-KILL", .. all]);
        foreach (var pid in all)
        {
            await RunAsync("tail", [$"--pid={pid}", "-f", "/dev/null"]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Programs()
    {
        var newest = Directory.Exists(Installations)
            ? Directory.GetDirectories(Installations)
                .MaxBy(static path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0)
            : null;
        return newest is not null && File.Exists(Path.Combine(newest, "bin", "initdb"))
            ? Path.Combine(newest, "bin")
            : throw new InvalidOperationException(
                $"No PostgreSQL under {Installations}: these tests run one of their own. "
                + $"Install it (Debian: apt-get install postgresql).");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Task<string> ControlAsync(string verb, params string[] arguments) =>
        RunAsUserAsync("pg_ctl", [verb, "-D", Data, "-w", "-t", Text((int)SafetyNet.TotalSeconds), "-s", .. arguments]);

    private Task<string> RunAsUserAsync(string program, IEnumerable<string> arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        // The server that pg_ctl leaves behind writes to a file, so it keeps no pipe of this process open.
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(SafetyNet);
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', start.ArgumentList)} ended with code {process.ExitCode}:\n{await output}{await error}");
    }
}
