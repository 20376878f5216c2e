using Diabetes.Plot.Charts;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

public sealed class ErrorChartProperties
{
    private static readonly Gen<double[]> Errors =
        from count in Gen.Choose(0, 400)
        from scale in Gen.Choose(-9, 12)
        from shape in Gen.Choose(0, 5)
        from seed in Gen.Choose(0, int.MaxValue)
        select Draw(count, Math.Pow(10, scale), shape, seed);

    private static readonly Gen<(int Width, int Height)> Sizes =
        from width in Gen.Choose(ErrorChart.SmallestSide, 2000)
        from height in Gen.Choose(ErrorChart.SmallestSide, 2000)
        select (width, height);

    [Fact]
    public void Render_RandomErrorsAndSizes_KeepsTheRules() =>
        Prop.ForAll(Errors.ToArbitrary(), Sizes.ToArbitrary(), (errors, size) =>
        {
            var distribution = ErrorSamples.Distribution(errors);
            PictureRules.Hold(distribution, new Picture(distribution, size.Width, size.Height, ChartTheme.Dark));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261120, 1));

    private static double[] Draw(int count, double scale, int shape, int seed)
    {
        var random = new Random(seed);
        var errors = ErrorSamples.Normal(count, scale, seed);
        for (var i = 0; i < count; i++)
        {
            errors[i] = shape switch
            {
                0 => errors[i],
                1 => scale * random.NextDouble(),
                2 => scale * Math.Pow(random.NextDouble(), -2),
                3 => scale * random.Next(3),
                4 => (20 * scale) + errors[i],
                _ => random.Next(10) == 0 ? 1000 * scale : errors[i],
            };
        }
        return errors;
    }
}
