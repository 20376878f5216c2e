using Akka.Hosting;
using Diabetes.Amqp;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Adds a node to the process's actor system.</summary>
public static class NodeHostingExtensions
{
    /// <param name="akka">The actor system to be.</param>
    /// <param name="services">The process's broker, settings, clock and log.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="wire">Makes the node's actors and says, by <see cref="NodeContext.OnDrain"/>, how they end.</param>
    public static AkkaConfigurationBuilder WithNode(this AkkaConfigurationBuilder akka, IServiceProvider services, string node, Action<NodeContext> wire) =>
        akka.WithActors((system, _) => wire(new NodeContext(
            node,
            system,
            services.GetRequiredService<AmqpConnection>(),
            services.GetRequiredService<Settings>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>(),
            services.GetRequiredService<DrainLog>())));
}
