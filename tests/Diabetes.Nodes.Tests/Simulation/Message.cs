using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Describes a message that is published.</summary>
/// <param name="Number">Its number among all messages.</param>
/// <param name="Side">The queue that it is published to.</param>
/// <param name="At">The time at which it is published.</param>
/// <param name="Body">The body.</param>
/// <param name="Id">The id; null for junk.</param>
/// <param name="Value">The value of the half.</param>
/// <param name="Model">The model that predicts; null if the message does not name it.</param>
internal sealed record Message(int Number, PairSide Side, TimeSpan At, byte[] Body, int? Id, double Value, string? Model)
{
    public string Queue => QueueOf(Side);

    public static string QueueOf(PairSide side) => side == PairSide.YTrue ? "y_true" : "y_pred";

    /// <summary>Returns the keys of the pairs it belongs to; empty for junk and for a prediction that is not expected.</summary>
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

    public override string ToString() =>
        Id is null ? $"#{Number} junk" : $"#{Number} {Side} {Id}={Value}{(Model is null ? "" : " of " + Model)}";
}
