using Akka.Hosting;
using Diabetes.Amqp;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Adds a node to the process's actor system.</summary>
public static class NodeHostingExtensions
{
    /// <summary>Runs <paramref name="wire"/> when the actor system starts.</summary>
    /// <param name="akka">Builds the actor system.</param>
    /// <param name="services">The process's broker, settings, clock and log.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="wire">Makes the node's actors and registers their drain with <see cref="NodeContext.OnDrain"/>.</param>
    public static AkkaConfigurationBuilder WithNode(
        this AkkaConfigurationBuilder akka, IServiceProvider services, string node, Action<NodeContext> wire) =>
        akka.WithActors((system, _) => wire(new NodeContext(
            node,
            system,
            services.GetRequiredService<AmqpConnection>(),
            services.GetRequiredService<Settings>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>(),
            services.GetRequiredService<DrainLog>())));
}
