using Diabetes.Amqp.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Diabetes.Bench.Pipeline;

/// <summary>Rows through the whole pipeline of one checkout, in folders and queues of their own.</summary>
/// <param name="checkout">The checkout, built in Release.</param>
internal sealed class PipelineRun(string checkout)
{
    private static readonly string[] Queues = ["features", "y_true", "y_pred", "notification"];
    private static readonly string[] Consumers = ["Diabetes.Plot", "Diabetes.Metric", "Diabetes.Model"];
    private static readonly string[] Reliable = ["--set", "amqp.topology=reliable"];
    private static readonly string[] Durable =
        [.. Queues.SelectMany(static queue => (string[])["--set", $"queues.{queue.Replace('_', '-')}.durable=true"])];
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    /// <summary>Of the last run; see <see cref="LedgerFile.Delays"/>.</summary>
    public IReadOnlyList<double> Delays { get; private set; } = [];

    /// <summary>The four nodes in one process, without a broker.</summary>
    public Task<Usage> AllInOneAsync(int rows) => InFolderAsync(async logs =>
    {
        var start = TimeProvider.System.GetTimestamp();
        using var node = new NodeProcess(checkout, "Diabetes.AllInOne", logs, Traffic(0, rows));
        var exit = node.ExitAsync();
        await new LedgerFile(logs).UntilAsync(rows, exit);
        return (await exit) with { Seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds };
    });

    /// <summary>A process a node, over RabbitMQ.</summary>
    /// <param name="uri">The broker.</param>
    /// <param name="kind">Of the queues.</param>
    /// <param name="rows">How many.</param>
    /// <param name="rate">Rows a second; 0 for as fast as it goes.</param>
    /// <param name="settings">Further settings of the features node.</param>
    public Task<Usage> FourProcessesAsync(
        Uri uri,
        QueueKind kind,
        int rows,
        int rate = 0,
        params string[] settings) => InFolderAsync(async logs =>
    {
        await using var connection = await new ConnectionFactory { Uri = uri }.CreateConnectionAsync();
        await DeleteQueuesAsync(connection);
        string[] common = ["--amqp", uri.ToString(), .. kind == QueueKind.Quorum ? Reliable : Durable];
        NodeProcess[] consumers = [.. Consumers.Select(project => new NodeProcess(checkout, project, logs, common))];
        try
        {
            foreach (var queue in Queues)
            {
                await UntilConsumedAsync(connection, queue);
            }

            var start = TimeProvider.System.GetTimestamp();
            using var features = new NodeProcess(
                checkout,
                "Diabetes.Features",
                logs,
                [.. common, .. Traffic(rate, rows), .. settings.SelectMany(static setting => (string[])["--set", setting])]);
            var ledger = new LedgerFile(logs);
            await ledger.UntilAsync(rows, Task.WhenAll(consumers.Select(static node => node.ExitAsync())), timed: rate > 0);
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            Delays = ledger.Delays;
            var usage = await features.ExitAsync() with { Seconds = seconds };
            foreach (var node in consumers)
            {
                usage += await node.StopAsync();
            }

            return usage;
        }
        finally
        {
            Array.ForEach(consumers, static node => node.Dispose());
        }
    });

    private static string[] Traffic(int rate, int rows) =>
        ["--rate", $"{rate}", "--count", $"{rows}", "--label-delay", "0s", "--seed", "1", "--set", "drain-timeout=5m"];

    private static async Task<Usage> InFolderAsync(Func<string, Task<Usage>> run)
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-bench-");
        try
        {
            return await run(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task DeleteQueuesAsync(IConnection connection)
    {
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in Queues)
        {
            await channel.QueueDeleteAsync(queue);
        }
    }

    private static async Task UntilConsumedAsync(IConnection connection, string queue)
    {
        using var timer = new PeriodicTimer(Often);
        for (var consumers = 0u; consumers == 0; await timer.WaitForNextTickAsync())
        {
            try
            {
                // A queue that is not there costs the channel.
                await using var channel = await connection.CreateChannelAsync();
                consumers = (await channel.QueueDeclarePassiveAsync(queue)).ConsumerCount;
            }
            catch (OperationInterruptedException)
            {
                consumers = 0;
            }
        }
    }
}
