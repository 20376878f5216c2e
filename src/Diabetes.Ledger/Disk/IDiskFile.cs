namespace Diabetes.Ledger;

/// <summary>An open file. Positions and lengths are bytes.</summary>
public interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <returns>Bytes read: fewer than asked for at the end of the file, 0 behind it.</returns>
    int Read(long position, Span<byte> destination);

    /// <summary>Writes all of it; after an exception some of it may be written.</summary>
    /// <exception cref="IOException">The disk is full, gone or broken.</exception>
    void Write(long position, ReadOnlySpan<byte> bytes);

    /// <exception cref="IOException">The disk is gone or broken.</exception>
    void Truncate(long length);

    /// <summary>
    /// Makes what was written durable (fsync). After an exception it is not known what is, and trying again proves nothing: the system
    /// may have dropped the pages. Whoever needs them writes them again.
    /// </summary>
    /// <exception cref="IOException">The disk is full, gone or broken.</exception>
    void Sync();
}
