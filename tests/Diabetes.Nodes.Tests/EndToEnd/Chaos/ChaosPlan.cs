using System.Globalization;

namespace Diabetes.Nodes.Tests.EndToEnd.Chaos;

/// <summary>
/// Says how a chaos run goes. Environment variables make it longer:
/// CHAOS_IDS, CHAOS_RATE, CHAOS_LABEL_DELAY, CHAOS_KILLS, CHAOS_BROKER_RESTARTS, CHAOS_CUTS, CHAOS_SEED.
/// </summary>
/// <param name="Ids">Ids whose two halves are sent.</param>
/// <param name="Rate">Ids a second, while the broker takes them.</param>
/// <param name="LabelDelay">Most seconds that a label comes after its row.</param>
/// <param name="Kills">Nodes killed.</param>
/// <param name="BrokerRestarts">Restarts of the broker: by turns it is killed and stopped, and then started again.</param>
/// <param name="Cuts">Times that every connection is cut, every other time in the middle of a frame.</param>
/// <param name="Seed">Seed of everything that is drawn at random.</param>
internal sealed record ChaosPlan(int Ids, int Rate, int LabelDelay, int Kills, int BrokerRestarts, int Cuts, int Seed)
{
    public static ChaosPlan FromEnvironment() => new(
        Read("CHAOS_IDS", 5000),
        Read("CHAOS_RATE", 1000),
        Read("CHAOS_LABEL_DELAY", 1),
        Read("CHAOS_KILLS", 5),
        Read("CHAOS_BROKER_RESTARTS", 1),
        Read("CHAOS_CUTS", 2),
        Read("CHAOS_SEED", Random.Shared.Next()));

    /// <summary>What goes wrong, in the order it does, evenly over the run.</summary>
    public IReadOnlyList<Mishap> Mishaps()
    {
        var random = new Random(Seed);
        Mishap[] nodes = [Mishap.MetricKilled, Mishap.ModelKilled, Mishap.MetricKilled, Mishap.PlotKilled];
        Mishap[] all =
        [
            .. Enumerable.Range(0, Kills).Select(_ => nodes[random.Next(nodes.Length)]),
            .. Enumerable.Range(0, BrokerRestarts).Select(time => time % 2 == 0 ? Mishap.BrokerKilled : Mishap.BrokerStopped),
            .. Enumerable.Range(0, Cuts).Select(time => time % 2 == 0 ? Mishap.ConnectionsCutMidFrame : Mishap.ConnectionsCut),
        ];
        random.Shuffle(all);
        return all;
    }

    private static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
