using Diabetes.Actors;

namespace Diabetes.Testing;

/// <summary>Names what is expected on the event stream: <c>EventFilter.Exception&lt;IOException&gt;().ExpectOne(() =&gt; …)</c>.</summary>
public sealed class EventFilterFactory
{
    private readonly TestKitBase _kit;

    internal EventFilterFactory(TestKitBase kit) => _kit = kit;

    /// <summary>A log event whose cause is a <typeparamref name="TException"/>.</summary>
    public EventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception =>
        Of<LogEvent>(typeof(TException).Name, entry => entry.Cause is TException cause && Fits(cause.Message, message, start, contains) && From(entry, source));

    public EventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Logged<Error>(message, start, contains, source);

    public EventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Logged<Warning>(message, start, contains, source);

    public EventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Logged<Info>(message, start, contains, source);

    public EventFilterApplier DeadLetter() => DeadLetter<object>();

    /// <summary>A dead letter of a <typeparamref name="TMessage"/>.</summary>
    public EventFilterApplier DeadLetter<TMessage>() => DeadLetter<TMessage>(static _ => true);

    /// <summary>A dead letter of a <typeparamref name="TMessage"/> for which <paramref name="isMatch"/> is true.</summary>
    public EventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch) =>
        Of<DeadLetter>($"dead letter of {typeof(TMessage).Name}", letter => letter.Message is TMessage message && isMatch(message));

    /// <summary>A log event for which <paramref name="predicate"/> is true.</summary>
    public EventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Of(typeof(TLogEvent).Name, predicate);

    private static bool Fits(string text, string? message, string? start, string? contains) =>
        (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));

    private static bool From(LogEvent entry, string? source) => source is null || entry.LogSource.Contains(source, StringComparison.Ordinal);

    private EventFilterApplier Logged<TEvent>(string? message, string? start, string? contains, string? source)
        where TEvent : LogEvent =>
        Of<TEvent>(typeof(TEvent).Name, entry => Fits(entry.Message.ToString() ?? "", message, start, contains) && From(entry, source));

    private EventFilterApplier Of<TEvent>(string what, Predicate<TEvent> isMatch) =>
        new(_kit, what, typeof(TEvent), published => published is TEvent matched && isMatch(matched));
}
