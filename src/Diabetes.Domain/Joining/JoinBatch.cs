using System.Runtime.InteropServices;

namespace Diabetes.Domain.Joining;

/// <summary>
/// Decides what becomes of halves that are committed together: pairs that met in memory, and halves that are still alone. This is the only
/// place that compares halves with what a store knows, so the outcome does not depend on the way, the node or the run in which a half
/// arrived.
/// </summary>
public sealed class JoinBatch
{
    private readonly IReadOnlyList<PairHalf> _halves;
    private readonly List<PairKey> _keys;
    private readonly List<(int Half, int Key)> _parts;
    private readonly (SideTally YTrue, SideTally YPred) _unreadable;

    /// <summary>Creates a batch.</summary>
    /// <param name="halves">The halves in the order of arrival.</param>
    /// <param name="models">The models whose predictions are joined.</param>
    /// <param name="unreadableYTrue">The number of unreadable messages of the y_true queue in this batch. They are only counted.</param>
    /// <param name="unreadableYPred">The number of unreadable messages of the y_pred queue in this batch.</param>
    public JoinBatch(IReadOnlyList<PairHalf> halves, ExpectedModels models, long unreadableYTrue = 0, long unreadableYPred = 0)
    {
        _unreadable = (SideTally.OfUnreadable(unreadableYTrue), SideTally.OfUnreadable(unreadableYPred));
        (_halves, _keys, _parts) = (halves, new(halves.Count), new(halves.Count));
        var places = new Dictionary<PairKey, int>(halves.Count);
        for (var half = 0; half < halves.Count; half++)
        {
            foreach (var model in models.PairsOf(halves[half]))
            {
                var key = new PairKey(halves[half].Id.Key, model);
                ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, key, out var isKnown);
                if (!isKnown)
                {
                    place = _keys.Count;
                    _keys.Add(key);
                }

                _parts.Add((half, place));
            }
        }
    }

    /// <summary>The pairs to which the halves belong, each once, in the order of their first half.</summary>
    public IReadOnlyList<PairKey> Keys => _keys;

    /// <summary>
    /// Decides what becomes of the halves. It has no side effects, so it can be called again with newer knowledge when a transaction is
    /// repeated.
    /// </summary>
    /// <param name="known">What the store knows of each pair in <see cref="Keys"/>, in that order; default if it knows nothing.</param>
    public JoinOutcome Decide(ReadOnlySpan<Correlation> known)
    {
        if (known.Length != _keys.Count)
        {
            throw new ArgumentException($"Expected the state of {_keys.Count} pairs, but {known.Length} were given.", nameof(known));
        }

        var states = known.ToArray();
        var verdicts = new Verdict[_halves.Count];
        var heard = new bool[_halves.Count];
        var changes = new List<PairChange>(_keys.Count);
        var (yTrue, yPred) = _unreadable;
        foreach (var (place, key) in _parts)
        {
            var half = _halves[place];
            var verdict = states[key].Decide(half);
            states[key] = states[key].Apply(half, verdict);
            if (verdict is Verdict.Join or Verdict.JoinLate)
            {
                changes.Add(new(key, states[key]));
            }

            verdicts[place] = heard[place] ? Weightier(verdicts[place], verdict) : verdict;
            heard[place] = true;
            Count(half.Side, verdict, ref yTrue, ref yPred);
        }

        for (var place = 0; place < verdicts.Length; place++)
        {
            if (heard[place])
            {
                continue;
            }

            verdicts[place] = Verdict.UnexpectedModel;
            Count(_halves[place].Side, Verdict.UnexpectedModel, ref yTrue, ref yPred);
        }

        for (var key = 0; key < states.Length; key++)
        {
            if (known[key].Stage == PairStage.None && !states[key].IsJoined)
            {
                changes.Add(new(key, states[key]));
            }
        }

        return new(verdicts, changes, yTrue, yPred);
    }

    private static void Count(PairSide side, Verdict verdict, ref SideTally yTrue, ref SideTally yPred)
    {
        yTrue = side == PairSide.YTrue ? yTrue.Count(verdict) : yTrue.CountOther(verdict);
        yPred = side == PairSide.YPred ? yPred.Count(verdict) : yPred.CountOther(verdict);
    }

    private static Verdict Weightier(Verdict one, Verdict other) => Weight(one) >= Weight(other) ? one : other;

    private static int Weight(Verdict verdict) => verdict switch
    {
        Verdict.Duplicate => 0,
        Verdict.Hold => 1,
        Verdict.Join => 2,
        Verdict.JoinLate => 3,
        _ => 4,
    };
}
