using Diabetes.Actors;

namespace Diabetes.Bench.Kernel;

/// <summary>The kernel against raw loops.</summary>
internal static class KernelBench
{
    public static int Run(string[] only)
    {
        var system = ActorSystem.Create("bench");
        Console.WriteLine("| what | raw /s | kernel /s | ratio | (quartiles) | raw cpu ns | kernel cpu ns | cpu ratio |");
        foreach (var (name, run) in All(system))
        {
            if (only.Length == 0 || only.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)))
            {
                var m = run();
                Console.WriteLine($"| {m.Name} | {m.Raw.Rate:N0} | {m.Ours.Rate:N0} | {m.Ratio:0.00} | {m.Low:0.00}-{m.High:0.00} | {m.Raw.CpuNanoseconds:N0} | {m.Ours.CpuNanoseconds:N0} | {m.CpuRatio:0.00} |");
            }
        }

        if (only.Length == 0 || only.Contains("bytes"))
        {
            Console.WriteLine($"bytes/ask {AskRoundTrip.Bytes(system, null, 100_000):0} with timeout {AskRoundTrip.Bytes(system, TimeSpan.FromSeconds(10), 100_000):0}");
            Console.WriteLine($"bytes/pending {ChildPerId.BytesPerPending(system, 1_000_000):0}");
        }

        system.Terminate().Wait();
        return 0;
    }

    private static IEnumerable<(string Name, Func<Measured> Run)> All(ActorSystem system)
    {
        yield return ("tell1", () => OneWayTell.Run(system, 1, 1_000_000));
        yield return ("tell4", () => OneWayTell.Run(system, 4, 1_000_000));
        yield return ("pingpong", () => PingPong.Run(system, 100, 1_000_000));
        yield return ("ask1", () => AskRoundTrip.Run(system, 1, 50_000));
        yield return ("ask100", () => AskRoundTrip.Run(system, 100, 200_000));
        yield return ("child1k", () => ChildPerId.Run(system, 1_000, 500_000, 6, 9));
        yield return ("child1m", () => ChildPerId.Run(system, 1_000_000, 1_000_000, 2, 5));
    }
}
