using Diabetes.Features.Traffic;

namespace Diabetes.Features;

/// <summary>What a running <see cref="FeaturesPipeline"/> is held by.</summary>
/// <param name="Traffic">Its source.</param>
/// <param name="Confirmed">Completes when the broker has everything; fails where it cannot get there.</param>
public sealed record FeaturesControl(ITraffic Traffic, Task<Done> Confirmed)
{
    public static FeaturesControl Create(ITraffic traffic, Task<Done> rows, Task<Done> labels, Task<Done> notifications) =>
        new(traffic, AllAsync(rows, labels, notifications));

    // One after the other and not by WhenAll: a continuation of that runs on the thread pool. Where one sink fails, the stage fails the others.
    private static async Task<Done> AllAsync(Task<Done> rows, Task<Done> labels, Task<Done> notifications)
    {
        await rows.ConfigureAwait(false);
        await labels.ConfigureAwait(false);
        return await notifications.ConfigureAwait(false);
    }
}
