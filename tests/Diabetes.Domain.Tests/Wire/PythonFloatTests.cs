using Diabetes.Domain.Wire;
using Xunit;

namespace Diabetes.Domain.Tests.Wire;

public class PythonFloatTests
{
    [Theory]
    [InlineData(295, "295.0")]
    [InlineData(0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e23, "1e+23")]
    [InlineData(1e100, "1e+100")]
    [InlineData(1e-100, "1e-100")]
    [InlineData(123456789012345680, "1.2345678901234568e+17")]
    [InlineData(1234567890123456, "1234567890123456.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(1730027639.447099, "1730027639.447099")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(-double.MaxValue, "-1.7976931348623157e+308")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Format_OfAFloat_IsItsRepr(double value, string repr) => Assert.Equal(repr, PythonFloat.Format(value));

    [Fact]
    public void Format_OfThousandsOfFloats_IsWhatThisMachinesPythonPrints()
    {
        double[] values = [.. Typical(new Random(17)).Concat(BitPatterns(new Random(18))).Concat(PowersAndTheirNeighbours())];
        var python = Python.Map(values.Select(
            value => BitConverter.DoubleToInt64Bits(value).ToString("x16")), "repr(struct.unpack('>d', bytes.fromhex(line))[0])");

        Assert.Equal(values.Length, python.Length);
        foreach (var (value, repr) in values.Zip(python))
        {
            Assert.Equal(repr, PythonFloat.Format(value));
        }
    }

    [Fact]
    public void Format_IntoLittleRoom_Throws() =>
        Assert.Throws<ArgumentException>(() => PythonFloat.Format(1, new byte[PythonFloat.MaxLength - 1]));

    private static IEnumerable<double> Typical(Random random) => Enumerable.Range(0, 5000).SelectMany(i => new[]
    {
        random.Next(25, 347),
        random.NextDouble() * 350,
        Math.Round(random.NextDouble() * 350, i % 9),
        (random.NextDouble() - 0.5) * 0.4,
        1.7e9 + Math.Round(random.NextDouble() * 1e8, 6),
        Math.Round(-random.NextDouble() * Math.Pow(2, i % 36), 6),
        random.Next(2000) / 1e6,
        Math.Pow(10, random.Next(-25, 25)) * random.Next(1, 1000),
    });

    private static IEnumerable<double> BitPatterns(Random random) =>
        Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));

    /// <summary>
    /// Lists powers of two, where the gaps to the neighbouring doubles differ and shortest-digits algorithms make mistakes.
    /// </summary>
    private static IEnumerable<double> PowersAndTheirNeighbours()
    {
        for (var exponent = -1074; exponent < 1024; exponent++)
        {
            var power = Math.ScaleB(1, exponent);
            yield return power;
            yield return Math.BitDecrement(power);
            yield return Math.BitIncrement(power);
        }

        for (var exponent = -323; exponent < 309; exponent++)
        {
            var power = double.Parse($"1e{exponent}", System.Globalization.CultureInfo.InvariantCulture);
            yield return power;
            yield return Math.BitDecrement(power);
            yield return Math.BitIncrement(power);
        }
    }
}
