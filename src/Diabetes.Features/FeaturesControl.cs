using Diabetes.Features.Traffic;

namespace Diabetes.Features;

/// <summary>Controls a running <see cref="FeaturesPipeline"/>.</summary>
/// <param name="Traffic">Controls its source.</param>
/// <param name="Confirmed">Completes when the broker has confirmed every message; fails if a message cannot be delivered.</param>
public sealed record FeaturesControl(ITraffic Traffic, Task<Done> Confirmed)
{
    /// <summary>Combines the controls of the source and the three sinks.</summary>
    public static FeaturesControl Create(ITraffic traffic, Task<Done> rows, Task<Done> labels, Task<Done> notifications) =>
        new(traffic, AllAsync(rows, labels, notifications));

    // Await one after the other and not with WhenAll, whose continuation runs on the thread pool. If one sink fails, the stage fails the
    // others.
    private static async Task<Done> AllAsync(Task<Done> rows, Task<Done> labels, Task<Done> notifications)
    {
        await rows.ConfigureAwait(false);
        await labels.ConfigureAwait(false);
        return await notifications.ConfigureAwait(false);
    }
}
