namespace Diabetes.Features.Traffic;

/// <summary>How long the truth of a row lags behind its features.</summary>
public abstract record LabelDelay
{
    private LabelDelay()
    {
    }

    /// <summary>Draws a delay.</summary>
    /// <param name="uniform">A number drawn evenly from [0, 1).</param>
    public abstract TimeSpan Draw(double uniform);

    /// <summary>Always the same.</summary>
    public sealed record Fixed(TimeSpan Delay) : LabelDelay
    {
        public override TimeSpan Draw(double uniform) => Delay;
    }

    /// <summary>Anything between two ends, evenly.</summary>
    public sealed record Uniform(TimeSpan Shortest, TimeSpan Longest) : LabelDelay
    {
        public override TimeSpan Draw(double uniform) => Shortest + ((Longest - Shortest) * uniform);
    }

    /// <summary>Many short, few long: e^(−t/mean), cut off at <see cref="LongestInMeans"/> means so that every label comes.</summary>
    public sealed record Exponential(TimeSpan Mean) : LabelDelay
    {
        public const double LongestInMeans = 10;

        public override TimeSpan Draw(double uniform) => Mean * Math.Min(LongestInMeans, -Math.Log(1 - uniform));
    }
}
