using System.Text;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Joining;

/// <summary>
/// Checks that, for any order, batches, crashes and redeliveries, each complete pair is in the ledger once with the values that were
/// committed first, and that every committed half is counted at every step.
/// </summary>
public class JoinBatchProperties
{
    private static readonly ExpectedModels[] Expectations =
        [ExpectedModels.Anyone, ExpectedModels.Of(["a"]), ExpectedModels.Of(["a", "b"])];

    /// <summary>Uses few ids, spellings, values and models, so that duplicates, conflicts and unexpected models are frequent.</summary>
    private static readonly Gen<PairHalf> Halves =
        from id in Gen.Elements("1", "1.0", "\"1\"", "2.5", "2.50", "\"x\"", "3", "4")
        from side in Gen.Elements(PairSide.YTrue, PairSide.YPred)
        from value in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Constant(2)))
        from model in Gen.Elements(null, "a", "b", "c")
        select new PairHalf(Id(id), side, value, side == PairSide.YPred ? model : null);

    private static readonly Arbitrary<(PairHalf[] Traffic, ExpectedModels Models, int Seed)> Runs = (
        from traffic in Halves.ArrayOf().Resize(60)
        from models in Gen.Elements(Expectations)
        from seed in Gen.Choose(0, int.MaxValue)
        select (traffic, models, seed)).ToArbitrary();

    [Fact]
    public void Decide_OfAnyBatchesCrashesAndRedeliveries_JoinsEachCompletePairOnceWithItsFirstValues() => Prop.ForAll(Runs, run =>
    {
        var (random, store, queue) = (new Random(run.Seed), new MemoryStore(run.Models), new List<PairHalf>(run.Traffic));
        var crashes = 20;
        while (queue.Count > 0)
        {
            // Deliver any unacked half next, as a broker, two tiers and restarts would.
            var batch = queue.OrderBy(_ => random.Next()).Take(random.Next(1, 8)).ToArray();
            var fate = random.Next(crashes > 0 ? 4 : 2);
            crashes -= fate >= 2 ? 1 : 0;
            if (fate != 3)
            {
                store.Commit(batch);
            }

            if (fate < 2)
            {
                Array.ForEach(batch, half => queue.Remove(half));
            }

            if (random.Next(4) == 0)
            {
                store.OrphanOne(random);
            }

            store.CheckConservation();
        }

        store.CheckLedger();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decide_OfTheSameHalvesInOneBatchOrMany_ComesToTheSame() => Prop.ForAll(Runs, run =>
    {
        var (whole, split) = (new MemoryStore(run.Models), new MemoryStore(run.Models));

        var together = whole.Commit(run.Traffic);
        var apart = run.Traffic.SelectMany(half => split.Commit([half]));

        Assert.Equal(apart, together);
        Assert.Equal(split.Rows, whole.Rows);
        Assert.Equal((split.YTrue, split.YPred), (whole.YTrue, whole.YPred));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decide_AskedTwice_AnswersTheSame() => Prop.ForAll(Runs, run =>
    {
        var batch = new JoinBatch(run.Traffic, run.Models);
        var nothing = new Correlation[batch.Keys.Count];

        var (first, second) = (batch.Decide(nothing), batch.Decide(nothing));

        Assert.Equal(first.Verdicts, second.Verdicts);
        Assert.Equal(first.Changes, second.Changes);
        Assert.All(nothing, state => Assert.Equal(default, state));
    }).QuickCheckThrowOnFailure();

    internal static ObservationId Id(string token) =>
        ObservationId.TryParse(Encoding.UTF8.GetBytes(token), false, out var id) ? id : throw new ArgumentException(token);
}
