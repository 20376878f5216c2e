namespace Diabetes.Features.Traffic;

/// <summary>Chooses how long after its row a label is sent.</summary>
public abstract record LabelDelay
{
    private LabelDelay()
    {
    }

    /// <summary>Computes a delay from a random number.</summary>
    /// <param name="uniform">A uniform random number in [0, 1).</param>
    public abstract TimeSpan Draw(double uniform);

    /// <summary>Returns the same delay every time.</summary>
    public sealed record Fixed(TimeSpan Delay) : LabelDelay
    {
        /// <inheritdoc/>
        public override TimeSpan Draw(double uniform) => Delay;
    }

    /// <summary>Returns a delay between two bounds, each with the same probability.</summary>
    public sealed record Uniform(TimeSpan Shortest, TimeSpan Longest) : LabelDelay
    {
        /// <inheritdoc/>
        public override TimeSpan Draw(double uniform) => Shortest + ((Longest - Shortest) * uniform);
    }

    /// <summary>
    /// Returns an exponentially distributed delay: many short, few long. It is at most <see cref="LongestInMeans"/> times the mean, so that
    /// every label arrives.
    /// </summary>
    public sealed record Exponential(TimeSpan Mean) : LabelDelay
    {
        /// <summary>The longest delay as a multiple of the mean.</summary>
        public const double LongestInMeans = 10;

        /// <inheritdoc/>
        public override TimeSpan Draw(double uniform) => Mean * Math.Min(LongestInMeans, -Math.Log(1 - uniform));
    }
}
