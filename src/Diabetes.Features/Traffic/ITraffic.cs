namespace Diabetes.Features.Traffic;

/// <summary>Controls a running <see cref="TrafficStage"/>.</summary>
public interface ITraffic
{
    /// <summary>The number of rows sent. It is final once the stream has completed; before that, only the stage may read it.</summary>
    long Rows { get; }

    /// <summary>
    /// Stops sending rows, sends all outstanding labels at once and completes the stream. It may be called more than once and from any
    /// thread.
    /// </summary>
    void Finish();
}
