namespace Diabetes.Bench.Streams;

/// <summary>What one observation costs the broker: a message on each of three queues, as long as the real ones.</summary>
internal static class Observation
{
    public static readonly byte[][] Bodies = [Body(199), Body(60), Body(49)];

    public static readonly string[] Names = ["features", "y_true", "y_pred"];

    private static byte[] Body(int length)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)'x');
        return body;
    }
}
