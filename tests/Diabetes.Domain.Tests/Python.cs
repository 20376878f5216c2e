using System.Diagnostics;
using System.Text;

namespace Diabetes.Domain.Tests;

/// <summary>Runs the Python on this machine, to compare with what it does.</summary>
internal static class Python
{
    /// <summary>Runs an expression once for each line, which it sees as <c>line</c>, and returns what it prints.</summary>
    public static string[] Map(IEnumerable<string> lines, string expression, string imports = "json, struct, base64")
    {
        var script = $"""
            import sys, {imports}
            sys.stdin.reconfigure(encoding='utf-8'); sys.stdout.reconfigure(encoding='utf-8', newline='\n')
            for line in sys.stdin:
                line = line.rstrip('\n')
                print({expression})
            """;
        var start = new ProcessStartInfo("python3", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync();
        var error = python.StandardError.ReadToEndAsync();
        foreach (var line in lines)
        {
            python.StandardInput.Write(line + "\n");
        }

        python.StandardInput.Close();
        python.WaitForExit();
        if (python.ExitCode != 0)
        {
            throw new InvalidOperationException($"python3 ended with {python.ExitCode}: {error.Result}");
        }

        return output.Result.TrimEnd('\n').Split('\n');
    }
}
