namespace Diabetes.Streams;

/// <summary>A publisher that waits for room in a full queue, with its message in hand.</summary>
internal sealed class InProcessPublisher(byte[] buffer, int length)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public byte[] Buffer => buffer;

    public int Length => length;
}
