using Akka.Configuration;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.DependencyInjection;

namespace Diabetes.Hosting.Actors;

/// <summary>How a node's actor system is configured, beyond Akka's own defaults.</summary>
internal static class AkkaSetup
{
    /// <summary>The whole configuration of the node; what has to be computed stands below it. Our defaults for Akka are in hocon/akka.conf.</summary>
    /// <param name="settings">The node's.</param>
    /// <param name="time">The clock of timers.</param>
    /// <exception cref="SettingsException">Akka cannot read it.</exception>
    public static Config Of(Settings settings, TimeProvider time)
    {
        var phase = $"{DrainTimes.Shutdown(settings.Get(NodeSettings.DrainTimeout)).TotalMilliseconds:0}ms";
        return ConfigurationFactory.ParseString(settings.AkkaText())
            .WithFallback(ConfigurationFactory.ParseString(
                $$"""
                akka.coordinated-shutdown {
                  default-phase-timeout = {{phase}}
                  phases {
                    before-actor-system-terminate.timeout = {{phase}}
                    actor-system-terminate.timeout = {{phase}}
                  }
                }
                """))
            .WithFallback(TimeProviderScheduler.ConfigFor(time));
    }

    /// <summary>Makes the actor system, without any actor of ours.</summary>
    /// <exception cref="SettingsException">Akka cannot use a value below <c>akka</c>.</exception>
    public static void Create(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<ActorSystem>();
        }
        catch (Exception refused) when (refused is not SettingsException)
        {
            throw new SettingsException($"akka: the actor system cannot be made as it is configured: {Quote.Of(refused.GetBaseException().Message)}");
        }
    }
}
