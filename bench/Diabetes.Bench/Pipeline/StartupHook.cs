using System.Globalization;

/// <summary>
/// Writes down, at the end of a measured node's process, what the process used, into the file that BENCH_USAGE names.
/// DOTNET_STARTUP_HOOKS makes the runtime load it into the node, and the runtime requires the class name. So a checkout that knows
/// nothing of this bench is measured in the same way.
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
                    $"{Environment.CpuUsage.TotalTime.TotalSeconds} {GC.GetTotalAllocatedBytes()} "
                    + $"{GC.CollectionCount(0)} {GC.GetTotalPauseDuration().TotalSeconds}"));
        }
    }
}
