using Diabetes.Streams;
using Diabetes.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Bench.Streams;

/// <summary>
/// Our broker against the bare client, on one private RabbitMQ in one run. One operation is one observation: three messages published,
/// confirmed, consumed and settled.
/// </summary>
internal static class StreamsBench
{
    private const int Observations = 10_000;
    private const int Times = 9;

    public static async Task<int> RunAsync(string[] only)
    {
        if (only is [] or ["broker"])
        {
            await BrokersAsync();
        }

        return 0;
    }

    private static async Task BrokersAsync()
    {
        await using var server = await PrivateRabbitMq.OpenAsync();
        Console.WriteLine("| queues | bare client obs/s | ours obs/s | ratio (quartiles) | CPU µs/obs bare | CPU µs/obs ours | B/obs bare | B/obs ours |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        await CompareAsync(server.Uri, durable: false);
        await CompareAsync(server.Uri, durable: true);
        await InProcessAsync();
    }

    private static async Task CompareAsync(Uri uri, bool durable)
    {
        await using var raw = await RawRoundTrip.OpenAsync(uri, Observations, durable);
        var broker = new RabbitMqBroker(new RabbitMqOptions { Uri = uri, ConnectionName = "bench" }, TimeProvider.System, NullLogger.Instance);
        await using var ours = await OurRoundTrip.OpenAsync(broker, durable);
        var measured = Rounds.Compare(
            durable ? "classic durable" : "classic transient",
            1,
            Times,
            () => Rounds.Time(Observations, () => raw.RunAsync(Observations).Wait()),
            () => Rounds.Time(Observations, () => ours.RunAsync(Observations).Wait()));
        Console.WriteLine(
            $"| {measured.Name} | {measured.Raw.Rate:N0} | {measured.Ours.Rate:N0} | {measured.Ratio:F2} ({measured.Low:F2}–{measured.High:F2}) | {measured.Raw.CpuNanoseconds / 1000:F0} | {measured.Ours.CpuNanoseconds / 1000:F0} | {await BytesAsync(raw.RunAsync):N0} | {await BytesAsync(ours.RunAsync):N0} |");
    }

    private static async Task InProcessAsync()
    {
        await using var ours = await OurRoundTrip.OpenAsync(new InProcessBroker(new InProcessBrokerOptions()), durable: false);
        var samples = Enumerable.Range(0, Times).Select(_ => Rounds.Time(20 * Observations, () => ours.RunAsync(20 * Observations).Wait())).ToArray();
        Console.WriteLine(
            $"\nIn process: {Rounds.Quantile(samples.Select(sample => sample.Rate), 0.5):N0} obs/s, {Rounds.Quantile(samples.Select(sample => sample.CpuNanoseconds), 0.5) / 1000:F2} µs CPU and {await BytesAsync(ours.RunAsync):N0} B an observation.");
    }

    private static async Task<double> BytesAsync(Func<int, Task> run)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await run(Observations);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Observations;
    }
}
