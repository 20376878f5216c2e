using System.Text;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Tests.Joins;

/// <summary>Halves as tests write them.</summary>
internal static class Traffic
{
    public static PairHalf True(string token, double value) => new(Id(token), PairSide.YTrue, value);

    public static PairHalf Pred(string token, double value, string? model = null) => new(Id(token), PairSide.YPred, value, model);

    public static PairHalf True(int id, double value) => True($"{id}.5", value);

    public static PairHalf Pred(int id, double value, string? model = null) => Pred($"{id}.5", value, model);

    /// <summary>The id of a JSON token.</summary>
    public static ObservationId Id(string token) => ObservationId.TryParse(Encoding.UTF8.GetBytes(token), false, out var id)
        ? id
        : throw new ArgumentException($"{token} is no id.", nameof(token));
}
