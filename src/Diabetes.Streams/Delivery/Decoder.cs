namespace Diabetes.Streams;

/// <summary>
/// Makes a payload of a message's bytes. Never throws: what cannot be read is a payload of its own (and copies the bytes it keeps,
/// since <paramref name="body"/> is only valid during the call).
/// </summary>
public delegate T Decoder<out T>(ReadOnlySpan<byte> body);
