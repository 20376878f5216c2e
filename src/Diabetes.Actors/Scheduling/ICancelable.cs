namespace Diabetes.Actors;

/// <summary>Takes scheduled work back.</summary>
public interface ICancelable
{
    bool IsCancellationRequested { get; }

    /// <summary>Cancelled with this.</summary>
    CancellationToken Token { get; }

    /// <summary>Cancels; work that runs already runs to its end.</summary>
    void Cancel();

    /// <param name="throwOnFirstException">Whether a callback of the token that throws keeps the others from running.</param>
    void Cancel(bool throwOnFirstException);

    /// <summary>Cancels after <paramref name="delay"/>.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Cancels after a delay in milliseconds.</summary>
    void CancelAfter(int millisecondsDelay);
}
