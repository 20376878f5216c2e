using System.Globalization;

/// <summary>
/// Runs within a measured node, which the runtime tells by DOTNET_STARTUP_HOOKS; the name is the runtime's. At the end of the process it writes down what the
/// process used, into the file that BENCH_USAGE names. So a checkout that knows nothing of this bench is measured in the same way.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("BENCH_USAGE") is { } file)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllText(
                file,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Environment.CpuUsage.TotalTime.TotalSeconds} {GC.GetTotalAllocatedBytes()} {GC.CollectionCount(0)} {GC.GetTotalPauseDuration().TotalSeconds}"));
        }
    }
}
