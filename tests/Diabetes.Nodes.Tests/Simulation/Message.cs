using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>A message that somebody publishes.</summary>
/// <param name="Number">Its place among all.</param>
/// <param name="Side">Whose queue it goes to.</param>
/// <param name="At">When.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Id">Null for junk.</param>
/// <param name="Value">The half's.</param>
/// <param name="Model">Who predicts, if it says so.</param>
internal sealed record Message(int Number, PairSide Side, TimeSpan At, byte[] Body, int? Id, double Value, string? Model)
{
    public string Queue => QueueOf(Side);

    public static string QueueOf(PairSide side) => side == PairSide.YTrue ? "y_true" : "y_pred";

    /// <summary>Keys of the pairs it belongs to: none for junk, and for a prediction that nobody expects.</summary>
    public IEnumerable<string> Keys(IReadOnlyList<string> models)
    {
        if (Id is not { } id)
        {
            return [];
        }

        var key = JoinKey.Of(id);
        return models.Count == 0 ? [new PairKey(key, null).ToString()]
            : models.Where(model => Side == PairSide.YTrue || model == Model).Select(model => new PairKey(key, model).ToString());
    }

    public override string ToString() => Id is null ? $"#{Number} junk" : $"#{Number} {Side} {Id}={Value}{(Model is null ? "" : " of " + Model)}";
}
