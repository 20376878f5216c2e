using System.Buffers;
using Xunit;

namespace Diabetes.Domain.Tests;

/// <summary>What a message costs the garbage collector.</summary>
public class AllocationTests
{
    private const int Messages = 1000;
    private const int TenDoubles = 16 + 8 + (10 * 8);

    [Fact]
    public void Read_OfAScalarWithANumericId_AllocatesNothing()
    {
        var body = Wire.Bytes("""{"id": 1730027639.447099, "body": 295.0}""");

        Assert.Equal(0, Measure(() => Wire.Codec.ReadYTrue(body)));
    }

    [Fact]
    public void Read_OfAPredictionWithAModel_AllocatesNothing()
    {
        var body = Wire.Bytes("""{"id": 1730027639.447099, "body": 295, "model": "champion"}""");

        Assert.Equal(0, Measure(() => Wire.Codec.ReadYPred(body)));
    }

    [Fact]
    public void Read_OfFeatures_AllocatesTheNumbersAlone()
    {
        var body = Wire.Bytes($$"""{"id": 1730027639.447099, "body": {{Wire.Ten}}}""");

        Assert.Equal(Messages * TenDoubles, Measure(() => Wire.Codec.ReadFeatures(body)));
    }

    [Fact]
    public void Write_OfAnyMessage_AllocatesNothing()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var id = ObservationId.FromUnixMicroseconds(1_730_027_639_447_099);
        var vector = new FeatureVector(id, Wire.TenNumbers);
        var half = new Half(id, Side.YPred, 295.5, "champion");

        var bytes = Measure(() =>
        {
            buffer.ResetWrittenCount();
            WireCodec.WriteFeatures(vector, buffer);
            WireCodec.WriteHalf(half, buffer);
            WireCodec.WriteNotification(id, buffer);
            return buffer.WrittenCount;
        });

        Assert.Equal(0, bytes);
    }

    private static long Measure<T>(Func<T> work)
    {
        for (var i = 0; i < Messages; i++) work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++) work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
