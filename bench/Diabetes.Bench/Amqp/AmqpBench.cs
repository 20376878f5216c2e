using Diabetes.Amqp;
using Diabetes.Amqp.Settings;
using Diabetes.Testing.RabbitMq;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Bench.Amqp;

/// <summary>
/// Compares the stages with the bare client, on one private RabbitMQ in one run, and measures what their parts cost. One operation is
/// one observation: three messages published, confirmed, consumed and settled.
/// </summary>
internal static class AmqpBench
{
    private const int Observations = 10_000;
    private const int Times = 9;

    public static async Task<int> RunAsync(string[] only)
    {
        if (only is [] or ["broker"])
        {
            await using var server = await PrivateRabbitMq.OpenAsync();
            Console.WriteLine(
                "| queues | ratio (quartiles) | bare client obs/s | stages obs/s "
                + "| CPU µs/obs bare | CPU µs/obs stages | B/obs bare | B/obs stages |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|");
            await CompareAsync(server.Uri, QueueKind.Classic);
            await CompareAsync(server.Uri, QueueKind.Quorum);
            await InProcessAsync();
        }

        if (only is [] or ["costs"])
        {
            await using var costs = new StageCosts();
            costs.Print();
        }

        return 0;
    }

    private static async Task CompareAsync(Uri uri, QueueKind kind)
    {
        await using var raw = await RawRoundTrip.OpenAsync(uri, Observations, queues: 3, kind);
        var settings = new RabbitMqConnectionSettings { Uri = uri, ConnectionName = "bench" };
        var connection = new RabbitMqConnection(settings, TimeProvider.System, NullLogger.Instance);
        await using var stages = new StageRoundTrip(connection, kind);
        var measured = Rounds.Compare(
            $"{kind}, durable",
            2,
            Times,
            () => Rounds.Time(Observations, () => raw.RunAsync(Observations).Wait()),
            () => Rounds.Time(Observations, () => stages.RunAsync(Observations).Wait()));
        Console.WriteLine(
            $"| {measured.Name} | {measured.Ratio:F2} ({measured.Low:F2}–{measured.High:F2}) "
            + $"| {measured.Raw.Rate:N0} | {measured.Ours.Rate:N0} "
            + $"| {measured.Raw.CpuNanoseconds / 1000:F0} | {measured.Ours.CpuNanoseconds / 1000:F0} "
            + $"| {measured.Raw.Bytes:N0} | {measured.Ours.Bytes:N0} |");
    }

    private static async Task InProcessAsync()
    {
        await using var stages = new StageRoundTrip(new InProcessConnection(), QueueKind.Classic);
        var sample = Sample.Median(Enumerable.Range(0, Times + 2)
            .Select(_ => Rounds.Time(10 * Observations, () => stages.RunAsync(10 * Observations).Wait()))
            .Skip(2));
        Console.WriteLine(
            $"\nIn process: {sample.Rate:N0} obs/s, {sample.CpuNanoseconds / 1000:F2} µs CPU "
            + $"and {sample.Bytes:N0} B an observation.\n");
    }
}
