using System.Buffers;
using System.Text.Json;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Wire;

public class CodecProperties
{
    private static readonly Gen<double> Numbers = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get),
        Gen.Elements(0.0, -0.0, 295.0, 1e-5, 1e16, 5e-324, double.MaxValue, double.MinValue, Math.ScaleB(1, -25)));

    private static readonly Gen<ObservationId> Ids = Gen.OneOf(
        Gen.Choose(0, int.MaxValue).Select(offset => ObservationId.FromUnixMicroseconds(1_730_027_639_447_099 + offset)),
        ArbMap.Default.GeneratorFor<Guid>().Select(guid => ObservationId.FromText(guid.ToString())),
        Gen.Elements("1", "1.50", "1e3", "-0.0", "\"é\"", "\"\\u00e9\"", "123456789012345678901234567890").Select(token =>
        {
            Assert.True(ObservationId.TryParse(Wire.Bytes(token), false, out var id));
            return id;
        }));

    [Fact]
    public void Features_WrittenAndRead_AreTheSame() => Prop.ForAll(
        (from id in Ids from values in Numbers.ArrayOf(10) select new FeatureVector(id, values)).ToArbitrary(),
        vector =>
        {
            var read = Wire.Codec.ReadFeatures(Written(vector, WireCodec.WriteFeatures)).Value;
            AssertSame(vector.Id, read.Id);
            Assert.Equal(vector.Values.ToArray(), read.Values.ToArray());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Halves_WrittenAndRead_AreTheSame() => Prop.ForAll(
        (from id in Ids
         from value in Numbers
         from model in Gen.Elements(null, "champion", "é\"\\\n")
         select new PairHalf(id, PairSide.YPred, value, model)).ToArbitrary(),
        half =>
        {
            var read = Wire.Codec.ReadYPred(Written(half, WireCodec.WriteHalf)).Value;
            AssertSame(half.Id, read.Id);
            Assert.Equal(half, read);
            Assert.Equal(BitConverter.DoubleToInt64Bits(half.Value), BitConverter.DoubleToInt64Bits(read.Value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Notifications_WrittenAndRead_AreTheSame() => Prop.ForAll(
        Ids.ToArbitrary(),
        id => AssertSame(id, Wire.Codec.ReadNotification(Written(id, WireCodec.WriteNotification)).Value)).QuickCheckThrowOnFailure();

    [Fact]
    public void Halves_Written_AreFloatsToPython()
    {
        var halves = Numbers.Sample(1000)
            .Select(value => new PairHalf(ObservationId.FromUnixMicroseconds(1_730_027_639_447_099), PairSide.YPred, value)).ToArray();
        var lines = halves.Select(half => System.Text.Encoding.UTF8.GetString(Written(half, WireCodec.WriteHalf)));

        var python = Python.Map(lines, "(lambda m: type(m['body']).__name__ + ' ' + repr(m['body']))(json.loads(line))");

        Assert.Equal(halves.Select(half => $"float {PythonFloat.Format(half.Value)}"), python);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void WriteHalf_OfWhatIsNotFinite_Throws(double value)
    {
        var half = new PairHalf(ObservationId.FromText("a"), PairSide.YPred, value);

        Assert.Throws<ArgumentException>(() => Written(half, WireCodec.WriteHalf));
        Assert.Equal(
            "{\"id\":\"a\",\"body\":1.0}", System.Text.Encoding.UTF8.GetString(Written(half with { Value = 1 }, WireCodec.WriteHalf)));
    }

    private static byte[] Written<T>(T message, Action<T, IBufferWriter<byte>> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        write(message, bytes);
        using var json = JsonDocument.Parse(bytes.WrittenMemory);
        return bytes.WrittenSpan.ToArray();
    }

    private static void AssertSame(ObservationId expected, ObservationId actual)
    {
        Assert.Equal(expected, actual);
        Assert.Equal(expected.Token, actual.Token);
        Assert.Equal(expected.ToString(), actual.ToString());
    }
}
