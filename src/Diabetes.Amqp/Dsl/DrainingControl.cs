using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Amqp.Dsl;

/// <summary>
/// Combines a control with the completion of its stream: <c>.ToMaterialized(sink, DrainingControl&lt;Done&gt;.Create)</c>.
/// </summary>
public sealed class DrainingControl<T> : IControl
{
    private readonly IControl _control;

    private DrainingControl(IControl control, Task<T> completion) => (_control, StreamCompletion) = (control, completion);

    /// <summary>Completes when the stream has completed.</summary>
    public Task<T> StreamCompletion { get; }

    /// <inheritdoc/>
    public int Unsettled => _control.Unsettled;

    /// <inheritdoc/>
    public Task IsShutdown => _control.IsShutdown;

    /// <summary>Combines the two.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Same name and use as in Akka.Streams.Kafka.")]
    public static DrainingControl<T> Create(IControl control, Task<T> completion) => new(control, completion);

    /// <inheritdoc/>
    public Task Stop() => _control.Stop();

    /// <inheritdoc/>
    public Task Shutdown(Exception? cause = null) => _control.Shutdown(cause);

    /// <inheritdoc/>
    public Task<TResult> DrainAndShutdown<TResult>(Task<TResult> streamCompletion) => _control.DrainAndShutdown(streamCompletion);

    /// <summary>Stops consuming, waits until the stream has completed, and closes the consumer.</summary>
    public Task<T> DrainAndShutdown() => _control.DrainAndShutdown(StreamCompletion);
}
