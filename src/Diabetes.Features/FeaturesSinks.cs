using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Features;

/// <summary>The three queues that a features node feeds.</summary>
/// <param name="Broker">Theirs.</param>
/// <param name="Features">Rows.</param>
/// <param name="YTrue">Labels.</param>
/// <param name="Notification">Ids of labels that were sent.</param>
public sealed record FeaturesSinks(IBroker Broker, ISink<FeatureVector> Features, ISink<Half> YTrue, ISink<ObservationId> Notification) : IAsyncDisposable
{
    /// <summary>Messages that the broker has not confirmed.</summary>
    public int Outstanding => Features.Outstanding + YTrue.Outstanding + Notification.Outstanding;

    /// <summary>Completes when the broker has everything.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Features.FlushAsync(cancellationToken), YTrue.FlushAsync(cancellationToken), Notification.FlushAsync(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await Features.DisposeAsync();
        await YTrue.DisposeAsync();
        await Notification.DisposeAsync();
    }
}
