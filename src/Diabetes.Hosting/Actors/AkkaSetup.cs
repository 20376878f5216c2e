using Akka.Configuration;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.DependencyInjection;

namespace Diabetes.Hosting.Actors;

/// <summary>Configures a node's actor system.</summary>
internal static class AkkaSetup
{
    /// <summary>Makes Akka's configuration of the node's own and, below it, the timeouts and the clock that are computed here.</summary>
    /// <param name="settings">The node's configuration, with hocon/akka.conf in it.</param>
    /// <param name="time">The clock of timers.</param>
    /// <exception cref="SettingsException">A value has the wrong type.</exception>
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

    /// <summary>Makes the actor system without starting an actor of ours.</summary>
    /// <exception cref="SettingsException">Akka cannot use a value below <c>akka</c>.</exception>
    public static void Create(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<ActorSystem>();
        }
        catch (Exception refused) when (refused is not SettingsException)
        {
            throw new SettingsException(
                $"akka: Akka refuses a value below this key: {Quote.Of(refused.GetBaseException().Message)}; "
                + "correct it, or remove it for the default");
        }
    }
}
