using Akka.Hosting;
using Diabetes.Amqp;
using Diabetes.Hosting;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diabetes.Nodes.Tests.Hosting;

/// <summary>Puts a node on a host, over queues in the process, as its program does over a broker.</summary>
internal static class HostedNode
{
    /// <param name="node">The node.</param>
    /// <param name="settings">Its settings, checked.</param>
    /// <param name="drain">Takes what the node leaves.</param>
    public static IHost Build(NodeRecipe node, Settings settings, DrainLog drain)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(settings)
            .AddSingleton(drain)
            .AddSingleton<AmqpConnection>(new InProcessConnection())
            .AddAkka("diabetes", (akka, services) =>
                node.Add(akka.AddHocon(AkkaSetup.Of(settings, TimeProvider.System), HoconAddMode.Prepend), services));
        return builder.Build();
    }
}
