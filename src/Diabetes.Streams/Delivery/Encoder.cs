using System.Buffers;

namespace Diabetes.Streams;

/// <summary>Writes a message's bytes into <paramref name="body"/>.</summary>
public delegate void Encoder<in T>(T message, IBufferWriter<byte> body);
