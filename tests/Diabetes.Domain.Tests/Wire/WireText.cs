using System.Text;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Wire;

namespace Diabetes.Domain.Tests.Wire;

/// <summary>Decodes and encodes messages as text with the codec under test.</summary>
internal static class Wire
{
    public const string Ten = "[0.038, 0.05, 0.061, 0.021, -0.044, -0.034, -0.043, -0.002, 0.019, -0.017]";

    public static readonly double[] TenNumbers = [0.038, 0.05, 0.061, 0.021, -0.044, -0.034, -0.043, -0.002, 0.019, -0.017];

    public static readonly WireCodec Codec = new(new WireOptions());

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Decodes a message of any queue into what all queues have in common.</summary>
    public static (
        ObservationId? Id, double[] Values, Rejection? Rejection) Read(string queue, ReadOnlySpan<byte> body, WireCodec? codec = null)
    {
        codec ??= Codec;
        return queue switch
        {
            "features" => Of(codec.ReadFeatures(body), vector => (vector.Id, vector.Values.ToArray())),
            "y_true" => Of(codec.ReadYTrue(body), half => (half.Id, [half.Value])),
            "y_pred" => Of(codec.ReadYPred(body), half => (half.Id, [half.Value])),
            "notification" => Of(codec.ReadNotification(body), id => (id, [])),
            _ => throw new ArgumentOutOfRangeException(nameof(queue), queue, "no such queue"),
        };
    }

    private static (ObservationId? Id, double[] Values, Rejection? Rejection) Of<T>(
        Decoded<T> decoded, Func<T, (ObservationId Id, double[] Values)> parts)
        where T : struct
    {
        if (!decoded.IsRead)
        {
            return (null, [], decoded.Rejection);
        }

        var (id, values) = parts(decoded.Value);
        return (id, values, null);
    }
}
