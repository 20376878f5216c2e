using System.Text;
using Diabetes.Domain;

namespace Diabetes.Ledger.Tests;

/// <summary>Halves as tests write them.</summary>
internal static class Traffic
{
    public static Half True(string token, double value) => new(Id(token), Side.YTrue, value);

    public static Half Pred(string token, double value, string? model = null) => new(Id(token), Side.YPred, value, model);

    public static Half True(int id, double value) => True($"{id}.5", value);

    public static Half Pred(int id, double value, string? model = null) => Pred($"{id}.5", value, model);

    /// <summary>The id of a JSON token.</summary>
    public static ObservationId Id(string token) => ObservationId.TryParse(Encoding.UTF8.GetBytes(token), false, out var id)
        ? id
        : throw new ArgumentException($"{token} is no id.", nameof(token));
}
