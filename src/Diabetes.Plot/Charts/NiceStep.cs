namespace Diabetes.Plot.Charts;

/// <summary>
/// Represents a round step: 1, 2 or 5 times a power of ten. It keeps the two integers, so that its multiples print and compare exactly.
/// </summary>
internal readonly record struct NiceStep(int Digit, int Exponent)
{
    public double Value => Times(1);

    /// <summary>The number of decimals that its multiples need.</summary>
    public int Decimals => Math.Max(0, -Exponent);

    public NiceStep Next => Digit switch
    {
        1 => this with { Digit = 2 },
        2 => this with { Digit = 5 },
        _ => new NiceStep(1, Exponent + 1),
    };

    /// <summary>Finds the smallest step that is not below <paramref name="size"/>, which must be above 0.</summary>
    public static NiceStep AtLeast(double size)
    {
        var step = new NiceStep(1, (int)Math.Floor(Math.Log10(size)) - 1);
        // Tolerate rounding, so that a size of 0.1 gives a step of 0.1.
        while (step.Value < size * (1 - 1e-9))
        {
            step = step.Next;
        }

        return step;
    }

    /// <summary>Finds the step that is nearest to <paramref name="size"/> by ratio.</summary>
    public static NiceStep Nearest(double size) => AtLeast(size / 1.5);

    /// <summary>Computes a multiple with a single rounding: it multiplies if the step is whole and divides if it is a fraction.</summary>
    public double Times(double count) =>
        Exponent >= 0 ? count * Digit * Math.Pow(10, Exponent) : count * Digit / Math.Pow(10, -Exponent);

    /// <summary>Tells whether every multiple of this step is also a multiple of <paramref name="other"/>.</summary>
    public bool IsMultipleOf(NiceStep other)
    {
        var ratio = Value / other.Value;
        return Math.Abs(ratio - Math.Round(ratio)) < 1e-6 && ratio > 0.5;
    }

    /// <summary>Counts the steps from 0 to the last multiple at or below <paramref name="value"/>.</summary>
    public double FloorOf(double value) => Math.Floor((value / Value) + 1e-9);

    /// <summary>Counts the steps from 0 to the first multiple at or above <paramref name="value"/>.</summary>
    public double CeilingOf(double value) => Math.Ceiling((value / Value) - 1e-9);
}
