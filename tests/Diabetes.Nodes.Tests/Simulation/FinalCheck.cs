using Diabetes.Domain.Joining;
using Diabetes.Ledger;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Checks the end of a run. If one half had several values, the first that was committed wins. Which one depends on the order, but it was
/// published, the row has it, equal halves were acked and all others were set aside.
/// </summary>
internal static class FinalCheck
{
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? Of(World world)
    {
        var messages = world.Scenario.Messages;
        var halves = messages.SelectMany(message => message.Keys(world.Scenario.Models).Select(key => (Key: key, Message: message)))
            .ToLookup(half => half.Key, half => half.Message);
        return halves.Select(pair => OfPair(world, pair.Key, [.. pair])).FirstOrDefault(fault => fault is not null)
            ?? (world.Store.Pairs.Count != halves.Count
            ? $"{world.Store.Pairs.Count} pairs are known, and {halves.Count} were sent."
            : null)
            ?? messages.Select(message => OfMessage(world, message)).FirstOrDefault(fault => fault is not null)
            ?? OfQuarantine(world)
            ?? world.Store.Counts.Mismatch
            ?? OfSide(world, PairSide.YTrue, world.Store.Counts.YTrue)
            ?? OfSide(world, PairSide.YPred, world.Store.Counts.YPred);
    }

    private static string? OfPair(World world, string key, Message[] messages)
    {
        var state = world.Store.Find(key);
        var truths = Values(PairSide.YTrue);
        var predictions = Values(PairSide.YPred);
        var orphaned = world.Store.Orphans.Count(orphan => orphan.Key == key);
        (PairStage Stage, int Orphaned) expected = truths.Length == 0
            || predictions.Length == 0 ? (PairStage.Orphaned, 1) : orphaned == 0 ? (PairStage.Joined, 0) : (PairStage.JoinedLate, 1);
        if ((state.Stage, orphaned) != expected || !IsOneOf(state.YTrue, truths) || !IsOneOf(state.YPred, predictions))
        {
            return $"The pair {key} is {state} and was {orphaned} times given up; y_true was one of [{string.Join(", ", truths)}], "
                + $"y_pred one of [{string.Join(", ", predictions)}].";
        }

        var rows = world.Store.Rows.Where(row => row.Key == key)
            .Concat(world.Store.LateRows.Where(row => row.Key == key)).Select(row => row.Row).ToArray();
        var due = state.IsJoined ? new[] { new LedgerRow(
            $"{messages[0].Id}", state.YTrue!.Value, state.YPred!.Value, Math.Abs(state.YTrue.Value - state.YPred.Value)) } : [];
        return rows.SequenceEqual(due)
            ? null
            : $"The pair {key} has the rows [{string.Join(", ", rows)}] and should have [{string.Join(", ", due)}].";

        double[] Values(PairSide side) => [.. messages.Where(message => message.Side == side).Select(message => message.Value).Distinct()];

        static bool IsOneOf(double? value, double[] values) =>
            values.Length == 0 ? value is null : value is { } kept && values.Contains(kept);
    }

    private static string? OfMessage(World world, Message message)
    {
        var place = SimulatedLetters.Of(message, Life.Read(message));
        var mustBe = !IsKept(world, message);
        var (file, letters) = (world.File[place], world.Letters[place]);
        return (file > 0) == mustBe
            && (letters > 0) == mustBe
            ? null : $"{message} is {file} times in the quarantine file and {letters} times among the dead letters, and "
            + $"{(mustBe ? "must" : "must not")} be.";
    }

    private static bool IsKept(World world, Message message)
    {
        var states = message.Keys(world.Scenario.Models).Select(world.Store.Find).ToArray();
        return states.Length > 0
            && Array.TrueForAll(states, state => (message.Side == PairSide.YTrue ? state.YTrue : state.YPred) == message.Value);
    }

    private static string? OfQuarantine(World world)
    {
        var sent = world.Scenario.Messages.Select(message => SimulatedLetters.Of(message, Life.Read(message))).ToHashSet();
        return world.File.Messages.Concat(world.Letters.Messages)
            .Where(place => !sent.Contains(place)).Select(place => $"{place} was set aside, and nobody sent it.").FirstOrDefault();
    }

    /// <summary>Checks that each message was counted at least once, and at most as often as it was delivered.</summary>
    private static string? OfSide(World world, PairSide side, SideTally counts)
    {
        var sent = world.Scenario.Messages.Where(message => message.Side == side).Sum(world.WeightOf);
        var most = world.WasDisturbed ? world.Queues[(int)side].HandedOut : sent;
        return counts.Received >= sent && counts.Received <= most
            ? null
            : $"{Message.QueueOf(side)}: {sent} were sent and {world.Queues[(int)side].HandedOut} handed out, but {counts}.";
    }
}
