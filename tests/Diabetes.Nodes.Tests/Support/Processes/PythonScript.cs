using System.Diagnostics;

namespace Diabetes.Nodes.Tests.Support.Processes;

/// <summary>The scripts in the folder Python, run by an interpreter that has pika.</summary>
internal static class PythonScript
{
    private static readonly Lazy<string> Interpreter = new(FindInterpreter);

    public static TestProcess Start(string script, params IEnumerable<string> arguments) =>
        TestProcess.Start(script, Interpreter.Value, ["-u", Path.Combine(AppContext.BaseDirectory, "Python", script), .. arguments]);

    /// <summary>Debian's own before whatever else is in the path: pika comes as its package.</summary>
    private static string FindInterpreter() =>
        Array.Find(["/usr/bin/python3", "python3"], HasPika)
        ?? throw new InvalidOperationException(
            "There is no python3 with pika: these tests talk to Python services. "
            + "Install it (Debian: apt-get install python3-pika).");

    private static bool HasPika(string interpreter)
    {
        using var python = Process.Start(
            interpreter,
            ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('pika') is None)"]);
        python.WaitForExit();
        return python.ExitCode == 0;
    }
}
