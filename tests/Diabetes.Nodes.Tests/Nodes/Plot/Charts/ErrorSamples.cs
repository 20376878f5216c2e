using Diabetes.Domain.Statistics;
using Diabetes.Plot.Charts;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

/// <summary>Creates error distributions of every shape that a picture must be able to show.</summary>
internal static class ErrorSamples
{
    public static readonly DateTimeOffset At = new(2026, 11, 20, 14, 3, 22, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<double[]>> Shapes = new()
    {
        ["none"] = () => [],
        ["one"] = () => [42.25],
        ["two"] = () => [10, 60],
        ["ten"] = () => Normal(10, 30),
        ["all equal"] = () => [.. Enumerable.Repeat(42.25, 120)],
        ["all zero"] = () => [0, 0, 0, 0, 0],
        ["five thousand"] = () => Normal(5000, 50),
        ["half a million"] = () => Normal(500_000, 50),
        ["one far"] = () => [.. Normal(9, 30), 12345],
        ["three far"] = () => [.. Normal(2000, 30), 900, 5000, 1e6],
        ["long tail"] = () => [.. Normal(3000, 2).Select(Math.Exp)],
        ["two humps"] = () => [.. Normal(800, 5).Select(v => v + 20), .. Normal(3000, 8).Select(v => v + 140)],
        ["far from zero"] = () => [.. Normal(4000, 8).Select(v => 100 - v)],
        ["huge"] = () => Normal(500, 3e12),
        ["tiny"] = () => Normal(500, 1e-7),
        ["vast"] = () => Normal(500, 1e300),
        ["minute"] = () => Normal(500, 1e-300),
        ["one at the end of all doubles"] = () => [.. Normal(2000, 30), double.MaxValue],
        ["one in milliseconds"] = () => [.. Normal(2000, 30), 1.8e12],
        ["zero and the end of all doubles"] = () => [0, double.MaxValue],
        ["nothing but the end of all doubles"] = () => [.. Enumerable.Repeat(double.MaxValue, 6)],
        ["up to the end of all doubles"] = () => [.. Enumerable.Range(1, 1000).Select(i => double.MaxValue / 1000 * i)],
        ["all exponents"] = () => [.. Enumerable.Range(-1074, 2098).Select(exponent => Math.Pow(2, exponent))],
        ["one beyond all doubles"] = () => [.. Normal(2000, 30), double.PositiveInfinity],
    };

    public static IEnumerable<string> Names => Shapes.Keys;

    public static double[] Named(string name) => Shapes[name]();

    public static ErrorDistribution Distribution(string name) => Distribution(Named(name));

    public static ErrorDistribution Distribution(IEnumerable<double> errors, string title = "Absolute error", string unit = "points")
    {
        var statistics = new ErrorStatistics();
        foreach (var error in errors)
        {
            statistics.Add(error, 0);
        }

        return new ErrorDistribution(title, unit, At, statistics.Summarise(), statistics.Histogram.Bins());
    }

    public static double[] Normal(int count, double scale, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => Math.Abs(scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())))];
    }
}
