using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Actors;

/// <summary>Null is no message.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException()
        : this("A message must not be null.")
    {
    }

    public InvalidMessageException(string message)
        : base(message)
    {
    }

    internal static void ThrowIfNull([NotNull] object? message)
    {
        if (message is null)
        {
            Throw();
        }
    }

    [DoesNotReturn]
    internal static void Throw() => throw new InvalidMessageException();
}
