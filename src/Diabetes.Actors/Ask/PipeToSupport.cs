namespace Diabetes.Actors;

/// <summary>Sends a task's outcome to an actor: its result as it is, its failure as a <see cref="Status.Failure"/>.</summary>
public static class PipeToSupport
{
    /// <param name="taskToPipe">Whose outcome.</param>
    /// <param name="recipient">Who gets it.</param>
    /// <param name="sender">As whose message; null for nobody's.</param>
    /// <param name="success">Makes the message of a result.</param>
    /// <param name="failure">Makes the message of a failure.</param>
    /// <remarks>The message is made and sent by the thread that completes the task, outside any actor, so the two functions must be short.</remarks>
    /// <returns>Completes when the message is sent; never fails.</returns>
    public static async Task PipeTo<T>(
        this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null)
    {
        object? message;
        try
        {
            await taskToPipe.Inline();
            var result = taskToPipe.GetAwaiter().GetResult();
            message = success is null ? result : success(result);
            InvalidMessageException.ThrowIfNull(message);
        }
        catch (Exception cause)
        {
            message = failure is null ? new Status.Failure(cause) : failure(cause);
        }

        recipient.Tell(message, sender);
    }

    /// <inheritdoc cref="PipeTo{T}(Task{T}, ICanTell, IActorRef, Func{T, object}, Func{Exception, object})"/>
    public static Task PipeTo<T>(
        this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null)
        => PipeTo(taskToPipe.AsTask(), recipient, sender, success, failure);

    /// <summary>As for a task with a result; success is silent unless <paramref name="success"/> makes a message of it.</summary>
    public static async Task PipeTo(
        this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null)
    {
        object? message;
        try
        {
            await taskToPipe.Inline();
            message = success?.Invoke();
        }
        catch (Exception cause)
        {
            message = failure is null ? new Status.Failure(cause) : failure(cause);
        }

        if (message is not null)
        {
            recipient.Tell(message, sender);
        }
    }

    /// <inheritdoc cref="PipeTo(Task, ICanTell, IActorRef, Func{object}, Func{Exception, object})"/>
    public static Task PipeTo(
        this ValueTask taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null)
        => PipeTo(taskToPipe.AsTask(), recipient, sender, success, failure);
}
