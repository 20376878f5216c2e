using System.Diagnostics;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.EndToEnd.Disks;

/// <summary>A disk for one process alone, which can be filled to the last byte and freed again.</summary>
internal abstract class SmallDisk
{
    private const string Mounted = "mounted";
    private const string Limited = "limited";

    /// <summary>
    /// Names the kinds that this machine supports. Every machine can limit a process's file size; a mount needs a right that containers
    /// seldom have.
    /// </summary>
    public static TheoryData<string> Kinds => Mounts.Allowed ? [Mounted, Limited] : [Limited];

    /// <summary>What a process is started by to have it.</summary>
    public abstract IReadOnlyList<string> Programs { get; }

    public static SmallDisk Of(string kind, string folder) => kind == Mounted ? new MemoryDisk(folder) : new LimitedDisk(folder);

    public abstract Task FillAsync(TestProcess process);

    public abstract Task FreeAsync(TestProcess process);

    /// <summary>In memory; nobody else sees it, and it goes with the process.</summary>
    private sealed class MemoryDisk(string folder) : SmallDisk
    {
        public override IReadOnlyList<string> Programs { get; } = Mounts.Of(folder, "size=8m");

        private string Filler { get; } = Path.Combine(folder, "filler");

        public override async Task FillAsync(TestProcess process)
        {
            await using var file = new FileStream(
                process.Sees(Filler),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 0);
            var zeros = new byte[4096];
            var full = await Assert.ThrowsAsync<IOException>(async () =>
            {
                while (file.Position < 1 << 30)
                {
                    await file.WriteAsync(zeros);
                }
            });
            Assert.Contains("No space left", full.Message, StringComparison.Ordinal);
        }

        public override Task FreeAsync(TestProcess process)
        {
            File.Delete(process.Sees(Filler));
            return Task.CompletedTask;
        }
    }

    /// <summary>
    /// Fills up by a limit on the process's file size (RLIMIT_FSIZE, whose signal the process ignores): the ledger's present length.
    /// </summary>
    private sealed class LimitedDisk(string folder) : SmallDisk
    {
        public override IReadOnlyList<string> Programs { get; } = ["--ignore-signal=XFSZ"];

        public override Task FillAsync(TestProcess process) =>
            LimitAsync(process, $"{new FileInfo(Path.Combine(folder, "metric_log.csv")).Length}");

        public override Task FreeAsync(TestProcess process) => LimitAsync(process, "unlimited");

        private static async Task LimitAsync(TestProcess process, string bytes)
        {
            using var prlimit = Process.Start("prlimit", ["--pid", $"{process.Id}", $"--fsize={bytes}:"]);
            await prlimit.WaitForExitAsync();
            Assert.Equal(0, prlimit.ExitCode);
        }
    }
}
