using System.Globalization;

namespace Diabetes.Nodes.Tests.Chaos;

/// <summary>How much is sent and how much of it goes wrong. The environment makes the run longer: CHAOS_IDS, CHAOS_KILLS, CHAOS_BROKER_KILLS, CHAOS_CUTS, CHAOS_SEED.</summary>
/// <param name="Ids">Ids whose two halves are sent.</param>
/// <param name="Kills">Nodes killed.</param>
/// <param name="BrokerKills">Times that the broker is killed and started again.</param>
/// <param name="Cuts">Times that the broker cuts every connection.</param>
/// <param name="Seed">Of everything that is drawn.</param>
internal sealed record ChaosPlan(int Ids, int Kills, int BrokerKills, int Cuts, int Seed)
{
    public static ChaosPlan FromEnvironment() => new(
        Read("CHAOS_IDS", 5000), Read("CHAOS_KILLS", 5), Read("CHAOS_BROKER_KILLS", 1), Read("CHAOS_CUTS", 1), Read("CHAOS_SEED", Random.Shared.Next()));

    /// <summary>What goes wrong, in the order it does, evenly over the run.</summary>
    public IReadOnlyList<Mishap> Mishaps()
    {
        var random = new Random(Seed);
        Mishap[] nodes = [Mishap.MetricKilled, Mishap.ModelKilled, Mishap.MetricKilled, Mishap.PlotKilled];
        Mishap[] all =
        [
            .. Enumerable.Range(0, Kills).Select(_ => nodes[random.Next(nodes.Length)]),
            .. Enumerable.Repeat(Mishap.BrokerKilled, BrokerKills),
            .. Enumerable.Repeat(Mishap.ConnectionsCut, Cuts),
        ];
        random.Shuffle(all);
        return all;
    }

    private static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
