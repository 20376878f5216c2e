using Microsoft.Extensions.Logging;

namespace Diabetes.Testing.Logging;

/// <summary>Keeps what is logged, debug and all, and lets a test wait for it.</summary>
public sealed class RecordingLogger : ILogger
{
    private readonly Lock _gate = new();
    private readonly List<(int Id, LogLevel Level, string Text)> _entries = [];
    private readonly List<(int Id, int Count, TaskCompletionSource Signal)> _waits = [];

    public IReadOnlyList<(int Id, LogLevel Level, string Text)> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public int Count(int id) => Entries.Count(entry => entry.Id == id);

    public async Task WaitForAsync(int id, int count = 1)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waits.Add((id, count, signal));
            Notify();
        }

        await signal.Task.WaitAsync(TimeSpan.FromSeconds(120));
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            _entries.Add((eventId.Id, logLevel, formatter(state, exception)));
            Notify();
        }
    }

    private void Notify()
    {
        foreach (var wait in _waits.Where(wait => _entries.Count(entry => entry.Id == wait.Id) >= wait.Count))
        {
            wait.Signal.TrySetResult();
        }
    }
}
