using System.Diagnostics;

namespace Diabetes.Amqp.Tests.Support;

/// <summary>Runs a few lines of Python with a pika channel called <c>channel</c>: how the other services of the wire speak.</summary>
internal static class Pika
{
    public static async Task<string> RunAsync(Uri uri, string script)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", $"""
            import pika
            connection = pika.BlockingConnection(pika.URLParameters("{uri}"))
            channel = connection.channel()
            {script}
            connection.close()
            """]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var python = Process.Start(start)!;
        var (output, error) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        return python.ExitCode == 0
            ? (await output).TrimEnd()
            : throw new InvalidOperationException($"python3 failed; these tests need python3 and pika (Debian: python3-pika).\n{await error}");
    }
}
