using System.Text;
using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>
/// Lists the models whose predictions are joined. Without names, each id has one pair, whichever model predicts. With names, each id has a
/// pair for each model, and its ground truth belongs to all of them. So two models can be compared on the same labels.
/// </summary>
public sealed class ExpectedModels
{
    private readonly string?[] _names;

    private ExpectedModels(string?[] names) => _names = names;

    /// <summary>Joins the predictions of any model: one pair for each id, and the model's name in the prediction is ignored.</summary>
    public static ExpectedModels Anyone { get; } = new([null]);

    /// <summary>The number of pairs for each id.</summary>
    public int Count => _names.Length;

    /// <summary>Expects a pair for each of these models; an empty list is <see cref="Anyone"/>.</summary>
    /// <exception cref="ArgumentException">A name is empty, contains a quote or a control character, or occurs twice.</exception>
    public static ExpectedModels Of(IEnumerable<string> names)
    {
        string[] all = [.. names];
        foreach (var name in all)
        {
            if (name.Length == 0 || name.Any(c => c == '"' || char.IsControl(c)))
            {
                throw new ArgumentException(
                    $"'{name}' cannot name a model: use a name without quotes and control characters.", nameof(names));
            }
        }

        if (all.Distinct().Count() < all.Length)
        {
            throw new ArgumentException($"A model is named twice: {string.Join(", ", all)}.", nameof(names));
        }
        return all.Length == 0 ? Anyone : new(all);
    }

    /// <summary>
    /// Returns the models to whose pairs the half belongs; null stands for any model. Empty for a prediction of a model that is not
    /// expected.
    /// </summary>
    public ReadOnlySpan<string?> PairsOf(in PairHalf half)
    {
        if (half.Side == PairSide.YTrue || _names[0] is null)
        {
            return _names;
        }

        var place = Array.IndexOf(_names, half.Model);
        return place < 0 ? default : _names.AsSpan(place, 1);
    }

    /// <summary>
    /// Returns the keys that a ledger row may have had. The row only contains the text of the id, so <c>17</c> may have been a number or a
    /// string, and of any model.
    /// </summary>
    /// <param name="text">The id as it is written in the row.</param>
    /// <param name="unify">True if strings that contain numbers are treated as numbers.</param>
    public IEnumerable<PairKey> Candidates(string text, bool unify)
    {
        var isNumber = ObservationId.TryParse(Encoding.UTF8.GetBytes(text), false, out var number) && number.Key.IsNumber;
        foreach (var name in _names)
        {
            if (isNumber)
            {
                yield return new(number.Key, name);
            }

            if (!isNumber || !unify)
            {
                yield return new(JoinKey.Of(text), name);
            }
        }
    }
}
