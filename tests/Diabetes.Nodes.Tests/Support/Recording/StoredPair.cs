using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;

namespace Diabetes.Nodes.Tests.Support.Recording;

/// <summary>What a store of these tests keeps of a pair; default where it keeps nothing.</summary>
/// <param name="Known">What is known of it.</param>
/// <param name="Model">Whose prediction it is, if models are told apart.</param>
/// <param name="Since">Since when the first half waits.</param>
internal readonly record struct StoredPair(Correlation Known, string? Model, DateTimeOffset Since)
{
    public PairStage Stage => Known.Stage;

    public bool IsJoined => Known.IsJoined;

    public double? YTrue => Known.YTrue;

    public double? YPred => Known.YPred;

    public Orphan Orphan => new($"{Known.Id}", Model, YTrue, YPred, Since);

    public bool HasWaited(DateTimeOffset now, TimeSpan after) => Stage == PairStage.Pending && now - Since >= after;

    /// <summary>The half that waits is given up.</summary>
    public StoredPair GivenUp() => this with { Known = Correlation.Restore(PairStage.Orphaned, Known.Id, YTrue, YPred)!.Value };

    /// <summary>The pair after a batch changed it.</summary>
    public StoredPair With(Correlation after, string? model, DateTimeOffset now) =>
        new(after, model, Stage == PairStage.None ? now : Since);
}
