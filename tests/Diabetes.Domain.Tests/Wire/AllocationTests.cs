using System.Buffers;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Xunit;

namespace Diabetes.Domain.Tests.Wire;

/// <summary>Measures how many bytes decoding a message allocates.</summary>
public class AllocationTests
{
    // Not the shared codec, because a codec caches the last model's name and other tests run at the same time.
    private static readonly WireCodec Codec = new(new WireOptions());

    private const int Messages = 1000;
    private const int TenDoubles = 16 + 8 + (10 * 8);

    [Fact]
    public void Read_OfAScalarWithANumericId_AllocatesNothing()
    {
        var body = Wire.Bytes("""{"id": 1730027639.447099, "body": 295.0}""");

        Assert.Equal(0, Measure(() => Codec.ReadYTrue(body)));
    }

    [Fact]
    public void Read_OfAPredictionWithAModel_AllocatesNothing()
    {
        var body = Wire.Bytes("""{"id": 1730027639.447099, "body": 295, "model": "champion"}""");

        Assert.Equal(0, Measure(() => Codec.ReadYPred(body)));
    }

    [Fact]
    public void Read_OfFeatures_AllocatesTheNumbersAlone()
    {
        var body = Wire.Bytes($$"""{"id": 1730027639.447099, "body": {{Wire.Ten}}}""");

        Assert.Equal(Messages * TenDoubles, Measure(() => Codec.ReadFeatures(body)));
    }

    [Fact]
    public void Write_OfAnyMessage_AllocatesNothing()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var id = ObservationId.FromUnixMicroseconds(1_730_027_639_447_099);
        var vector = new FeatureVector(id, Wire.TenNumbers);
        var half = new PairHalf(id, PairSide.YPred, 295.5, "champion");

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

    /// <summary>Takes the smallest of several rounds, because the runtime may allocate on any thread at times.</summary>
    private static long Measure<T>(Func<T> work) => Enumerable.Range(0, 5).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++)
        {
            work();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
