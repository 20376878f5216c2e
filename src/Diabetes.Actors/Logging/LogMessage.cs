using System.Globalization;

namespace Diabetes.Actors;

/// <summary>A text with arguments, put together only if somebody reads it.</summary>
public sealed class LogMessage(string format, params object?[] args)
{
    /// <summary>The text with places <c>{0}</c>, <c>{1}</c>, …</summary>
    public string Format => format;

    /// <summary>What goes there.</summary>
    public IEnumerable<object?> Parameters() => args;

    /// <inheritdoc/>
    public override string ToString()
    {
        try
        {
            return string.Format(CultureInfo.InvariantCulture, format, args);
        }
        catch (FormatException)
        {
            // A log line with a wrong format is still worth more than none.
            return $"{format} [{string.Join(", ", args)}] (the format does not fit its arguments)";
        }
    }
}
