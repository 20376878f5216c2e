using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Shutdown;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

/// <summary>Akka is configured where everything else is.</summary>
public sealed class AkkaSetupTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_Nothing_HasOurDefaults()
    {
        var config = Of();

        Assert.Equal("WARNING", config.GetString("akka.loglevel"));
        Assert.Empty(config.GetStringList("akka.loggers"));
        Assert.False(config.GetBoolean("akka.coordinated-shutdown.exit-clr", true));
        Assert.Equal(1, config.GetInt("diabetes.ledger-dispatcher.dedicated-thread-pool.thread-count"));
    }

    [Fact]
    public void Of_Layers_LaterGoesOverEarlier()
    {
        _folder["metric.conf"] = "akka { loglevel = ERROR, log-dead-letters = 10 }";
        Assert.Equal(("ERROR", 10), (Of().GetString("akka.loglevel"), Of().GetInt("akka.log-dead-letters")));

        _folder.Environment["DIABETES__AKKA__LOGLEVEL"] = "INFO";
        Assert.Equal("INFO", Of().GetString("akka.loglevel"));

        Assert.Equal("DEBUG", Of("--set", "akka.loglevel=DEBUG").GetString("akka.loglevel"));
    }

    [Fact]
    public void Of_SubstitutionAcrossSections_IsResolved()
    {
        _folder["metric.conf"] = "akka.persistence.folder = ${logs.path}";

        Assert.Equal("elsewhere", Of("--logs", "elsewhere").GetString("akka.persistence.folder"));
    }

    [Fact]
    public void Of_Passwords_AreMaskedButForAkkasOwn()
    {
        var config = Of("--amqp", "amqp://user:secret@host", "--set", "akka.plugin.uri=amqp://user:own@host");

        Assert.Equal("amqp://user:***@host", config.GetString("amqp.uri"));
        Assert.Equal("amqp://user:own@host", config.GetString("akka.plugin.uri"));
    }

    [Fact]
    public void Of_Phases_MayLastAsLongAsTheDrainUnlessAFileSaysOtherwise()
    {
        const string closing = "akka.coordinated-shutdown.phases.before-actor-system-terminate.timeout";

        Assert.Equal(DrainTimes.Shutdown(TimeSpan.FromSeconds(3)), Of("--set", "drain-timeout=3s").GetTimeSpan(closing));
        Assert.Equal(TimeSpan.FromSeconds(1), Of("--set", $"{closing}=1s").GetTimeSpan(closing));
    }

    private Akka.Configuration.Config Of(params string[] args) => AkkaSetup.Of(_folder.Load("metric", args), TimeProvider.System);
}
