using System.Globalization;
using System.Text.RegularExpressions;

namespace Diabetes.Nodes.Tests.Support.Processes;

/// <summary>What a process said, on either stream, in the order it came. One that babbles is not listened to for ever.</summary>
internal sealed class ProcessOutput(string name)
{
    private const int MostLines = 5000;
    private const int ShownLines = 200;

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _errors = [];
    private readonly List<(string Sought, Predicate<string> Fits, TaskCompletionSource<string> Found)> _waiters = [];
    private bool _ended;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>What came on standard error alone.</summary>
    public string Errors
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _errors);
            }
        }
    }

    public int Count(string part) => Lines.Count(line => line.Contains(part, StringComparison.Ordinal));

    /// <summary>The number that stands in the place of the group in <paramref name="pattern"/>.</summary>
    public int NumberIn(string pattern)
    {
        var match = Regex.Match($"{this}", pattern);
        return match.Success
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{name} did not say \"{pattern}\". It said:\n{this}");
    }

    /// <summary>The first line that has <paramref name="part"/> in it; fails if the process ends without one.</summary>
    public Task<string> FirstAsync(string part) => FirstAsync(part, line => line.Contains(part, StringComparison.Ordinal));

    /// <summary>The first line that matches <paramref name="pattern"/>; fails if the process ends without one.</summary>
    public Task<string> FirstMatchAsync(string pattern) => FirstAsync(pattern, line => Regex.IsMatch(line, pattern));

    /// <param name="line">Null at the end of the stream.</param>
    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_lines.Count >= MostLines)
            {
                return;
            }

            _lines.Add(line);
            foreach (var (_, _, found) in _waiters.FindAll(waiter => waiter.Fits(line)))
            {
                found.TrySetResult(line);
            }
        }
    }

    /// <param name="line">Null at the end of the stream.</param>
    public void AddError(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_errors.Count < MostLines)
            {
                _errors.Add(line);
            }
        }

        Add(line);
    }

    public void End(int exitCode)
    {
        lock (_lock)
        {
            _ended = true;
            _lines.Add($"({name} ended with code {exitCode})");
            _waiters.ForEach(waiter => waiter.Found.TrySetException(Unsaid(waiter.Sought)));
        }
    }

    /// <summary>The beginning and the end.</summary>
    public override string ToString()
    {
        var lines = Lines;
        return lines.Count <= 2 * ShownLines
            ? string.Join('\n', lines)
            : string.Join(
                '\n',
                [.. lines.Take(ShownLines), $"(… {lines.Count - (2 * ShownLines)} lines …)", .. lines.TakeLast(ShownLines)]);
    }

    private Task<string> FirstAsync(string sought, Predicate<string> fits)
    {
        lock (_lock)
        {
            if (_lines.Find(fits) is { } said)
            {
                return Task.FromResult(said);
            }

            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_ended)
            {
                found.SetException(Unsaid(sought));
            }

            _waiters.Add((sought, fits, found));
            return found.Task;
        }
    }

    private InvalidOperationException Unsaid(string sought) => new($"{name} ended without saying \"{sought}\". It said:\n{this}");
}
