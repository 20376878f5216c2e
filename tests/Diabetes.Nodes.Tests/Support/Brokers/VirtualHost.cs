using System.Globalization;
using Diabetes.Nodes.Tests.Support.Processes;
using Diabetes.Testing.RabbitMq;

namespace Diabetes.Nodes.Tests.Support.Brokers;

/// <summary>A part of the broker that one test has for itself. Goes with all its queues when disposed of.</summary>
internal sealed class VirtualHost : IAsyncDisposable
{
    private readonly PrivateRabbitMq _server;
    private readonly string _name;

    private VirtualHost(PrivateRabbitMq server, string name) => (_server, _name) = (server, name);

    public Uri Uri => new(_server.Uri, _name);

    public static async Task<VirtualHost> OpenAsync(PrivateRabbitMq server, string name)
    {
        await server.ControlAsync("add_vhost", name);
        await server.ControlAsync("set_permissions", "-p", name, "guest", ".*", ".*", ".*");
        return new VirtualHost(server, name);
    }

    /// <summary>How its queues stand, by name.</summary>
    public async Task<IReadOnlyDictionary<string, QueueCounts>> QueuesAsync()
    {
        var table = await _server.ControlAsync(
            "list_queues", "-p", _name, "--no-table-headers", "name", "messages_ready", "messages_unacknowledged", "durable");
        return table
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => new QueueCounts(Number(cells[1]), Number(cells[2]), cells[3] == "true"));
    }

    /// <summary>
    /// Completes when no queue has waiting or unsettled messages, except the dead letters. A node that is stopped earlier may leave some
    /// for the next one.
    /// </summary>
    public async Task UntilEmptyAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while ((await QueuesAsync())
            .Where(queue => !queue.Key.EndsWith(".dead", StringComparison.Ordinal)
                && queue.Value.Ready + queue.Value.Unacknowledged > 0)
            .ToArray() is { Length: > 0 } full)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < SafetyNet.Long, $"There are still messages: {string.Join(", ", full)}");
        }
    }

    public async ValueTask DisposeAsync() => await _server.ControlAsync("delete_vhost", _name);

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
