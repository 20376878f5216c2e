namespace Diabetes.Actors;

/// <summary>An outcome as a message. A <see cref="Failure"/> in answer to an Ask fails the Ask's task.</summary>
public abstract class Status
{
    private protected Status()
    {
    }

    /// <summary>It worked.</summary>
    public sealed class Success(object? status) : Status
    {
        public static readonly Success Instance = new(null);

        /// <summary>The result.</summary>
        public object? Status => status;

        /// <inheritdoc/>
        public override string ToString() => $"Success: {status}";
    }

    /// <summary>It failed.</summary>
    public sealed class Failure(Exception? cause, object? state) : Status
    {
        public Failure(Exception? cause)
            : this(cause, null)
        {
        }

        /// <summary>Why.</summary>
        public Exception? Cause => cause;

        /// <summary>What belonged to it.</summary>
        public object? State => state;

        /// <inheritdoc/>
        public override string ToString() => $"Failure: {cause}";
    }
}
