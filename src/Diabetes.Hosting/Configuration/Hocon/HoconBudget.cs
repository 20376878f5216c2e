namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Counts what resolving a document costs, so that a few lines that double each other cannot fill the memory.</summary>
internal sealed class HoconBudget
{
    private int _evaluated;
    private long _made;

    /// <summary>Counts a value before it is evaluated.</summary>
    public void Evaluate(HoconNode value)
    {
        if (++_evaluated > HoconLimits.Evaluations)
        {
            throw new HoconException(
                value.Origin, $"the substitutions of the document unfold to more than {HoconLimits.Evaluations} values");
        }
    }

    /// <summary>Counts a value that joining or merging made.</summary>
    public T Make<T>(T value)
        where T : HoconNode?
    {
        _made += value switch
        {
            HoconLiteral literal => literal.Text.Length,
            HoconArray array => array.Items.Count,
            HoconObject section => section.Fields.Count,
            _ => 0,
        };
        return _made <= HoconLimits.Made
            ? value
            : throw new HoconException(
                value!.Origin, $"the substitutions of the document unfold to more than {HoconLimits.Made} characters, items and fields");
    }
}
