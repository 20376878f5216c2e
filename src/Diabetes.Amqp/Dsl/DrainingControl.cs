using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Amqp.Dsl;

/// <summary>A control together with the end of its stream: <c>.ToMaterialized(sink, DrainingControl&lt;Done&gt;.Create)</c>.</summary>
public sealed class DrainingControl<T> : IControl
{
    private readonly IControl _control;

    private DrainingControl(IControl control, Task<T> completion) => (_control, StreamCompletion) = (control, completion);

    /// <summary>The stream's end.</summary>
    public Task<T> StreamCompletion { get; }

    /// <inheritdoc/>
    public int Unsettled => _control.Unsettled;

    /// <inheritdoc/>
    public Task IsShutdown => _control.IsShutdown;

    /// <summary>Puts the two together.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Named as in Akka.Streams.Kafka, where streams are materialized to it by a method group.")]
    public static DrainingControl<T> Create(IControl control, Task<T> completion) => new(control, completion);

    /// <inheritdoc/>
    public Task Stop() => _control.Stop();

    /// <inheritdoc/>
    public Task Shutdown(Exception? cause = null) => _control.Shutdown(cause);

    /// <inheritdoc/>
    public Task<TResult> DrainAndShutdown<TResult>(Task<TResult> streamCompletion) => _control.DrainAndShutdown(streamCompletion);

    /// <summary>Stops, waits until the stream has completed, and shuts down.</summary>
    public Task<T> DrainAndShutdown() => _control.DrainAndShutdown(StreamCompletion);
}
