using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Checks each ack at its time against what is durable: a half may be acked when the store has its value; a conflicting or unusable
/// message, when it is in the quarantine file and in the set-aside queue.
/// </summary>
internal sealed class Settlements(World world)
{
    private readonly Dictionary<(string Queue, string Body), int> _setAside = [];

    public void Check(Message message, Decoded<PairHalf> payload)
    {
        var keys = message.Keys(world.Scenario.Models).ToArray();
        if (keys.Any(key => ValueOf(key, message.Side) is null))
        {
            world.Fail($"{message} was settled before the store had it.");
        }
        else if (keys.Length == 0 || keys.Any(key => ValueOf(key, message.Side) != message.Value))
        {
            CheckSetAside(message, payload);
        }
    }

    private double? ValueOf(string key, PairSide side) =>
        side == PairSide.YTrue ? world.Store.Find(key).YTrue : world.Store.Find(key).YPred;

    private void CheckSetAside(Message message, Decoded<PairHalf> payload)
    {
        var place = SimulatedLetters.Of(message, payload);
        var settled = _setAside[place] = _setAside.GetValueOrDefault(place) + 1;
        if (world.File[place] < settled || world.Letters[place] < settled)
        {
            world.Fail(
                $"{message} was settled {settled} times, but is {world.File[place]} times in the quarantine file and "
                + $"{world.Letters[place]} times among the dead letters.");
        }
    }
}
