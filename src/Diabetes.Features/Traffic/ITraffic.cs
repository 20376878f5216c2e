namespace Diabetes.Features.Traffic;

/// <summary>What a running <see cref="TrafficStage"/> is held by.</summary>
public interface ITraffic
{
    /// <summary>Rows drawn. Final once the stream has completed; before that, for the stage alone.</summary>
    long Rows { get; }

    /// <summary>Draws no more rows, sends the labels that are still to come at once, and completes. May be called again, and from any thread.</summary>
    void Finish();
}
