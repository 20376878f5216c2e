using System.Text;
using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>
/// Whose predictions are joined. By default nobody's in particular: an id has one pair, whoever predicts. With names, an id has a pair for each of
/// them, and its ground truth is one half of every one: so a challenger runs beside the champion on the same labels.
/// </summary>
public sealed class ExpectedModels
{
    private readonly string?[] _names;

    private ExpectedModels(string?[] names) => _names = names;

    /// <summary>One pair an id; what a prediction says of its model is not looked at.</summary>
    public static ExpectedModels Anyone { get; } = new([null]);

    /// <summary>Pairs an id has.</summary>
    public int Count => _names.Length;

    /// <summary>A pair for each of these; none is <see cref="Anyone"/>.</summary>
    /// <exception cref="ArgumentException">A name is empty, has a quote or a control character in it, or comes twice.</exception>
    public static ExpectedModels Of(IEnumerable<string> names)
    {
        string[] all = [.. names];
        foreach (var name in all)
        {
            if (name.Length == 0 || name.Any(c => c == '"' || char.IsControl(c)))
            {
                throw new ArgumentException($"'{name}' cannot name a model: take a name without quotes and control characters.", nameof(names));
            }
        }

        if (all.Distinct().Count() < all.Length) throw new ArgumentException($"A model is expected once: {string.Join(", ", all)}.", nameof(names));
        return all.Length == 0 ? Anyone : new(all);
    }

    /// <summary>The models whose pairs with this id the half belongs to; null stands for anyone. Empty for a prediction that nobody expects.</summary>
    public ReadOnlySpan<string?> PairsOf(in PairHalf half)
    {
        if (half.Side == PairSide.YTrue || _names[0] is null) return _names;
        var place = Array.IndexOf(_names, half.Model);
        return place < 0 ? default : _names.AsSpan(place, 1);
    }

    /// <summary>
    /// The keys that a row of a ledger may have had, of which only the text of its id is left: <c>17</c> may have been a number or a string, and any
    /// model's.
    /// </summary>
    /// <param name="text">The id as it stands in the row.</param>
    /// <param name="unify">Whether strings that hold numbers are taken for numbers.</param>
    public IEnumerable<PairKey> Candidates(string text, bool unify)
    {
        var isNumber = ObservationId.TryParse(Encoding.UTF8.GetBytes(text), false, out var number) && number.Key.IsNumber;
        foreach (var name in _names)
        {
            if (isNumber) yield return new(number.Key, name);
            if (!isNumber || !unify) yield return new(JoinKey.Of(text), name);
        }
    }
}
