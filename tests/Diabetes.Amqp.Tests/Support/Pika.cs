using System.Diagnostics;

namespace Diabetes.Amqp.Tests.Support;

/// <summary>Runs Python lines with a pika channel named <c>channel</c>, which is how the other services use the broker.</summary>
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
            : throw new InvalidOperationException(
                $"python3 failed; these tests need python3 and pika (Debian: python3-pika).\n{await error}");
    }
}
