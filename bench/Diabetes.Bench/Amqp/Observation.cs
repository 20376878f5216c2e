namespace Diabetes.Bench.Amqp;

/// <summary>
/// Describes what one observation costs the broker: a message on each of three queues, as long as the real ones, or on four if every row
/// has a notification.
/// </summary>
internal static class Observation
{
    public static readonly byte[][] Bodies = [Body(199), Body(60), Body(49), Body(29)];

    public static readonly string[] Names = ["features", "y_pred", "y_true", "notification"];

    private static byte[] Body(int length)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)'x');
        return body;
    }
}
