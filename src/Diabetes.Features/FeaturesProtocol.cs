namespace Diabetes.Features;

/// <summary>Lists the messages that a <see cref="FeaturesActor"/> understands and sends.</summary>
public static class FeaturesProtocol
{
    /// <summary>
    /// Asks for an answer when the broker has confirmed the last row and its label. The answer is <see cref="Finished"/>, or
    /// <see cref="Status.Failure"/> if a message cannot be delivered.
    /// </summary>
    public sealed record WhenFinished
    {
        public static readonly WhenFinished Instance = new();
    }

    /// <summary>
    /// Ends the traffic: no more rows, and all outstanding labels are sent at once. The answer is the same as to
    /// <see cref="WhenFinished"/>.
    /// </summary>
    public sealed record Finish
    {
        public static readonly Finish Instance = new();
    }

    /// <summary>Says that the broker has confirmed every message.</summary>
    /// <param name="Rows">The number of rows that were sent, each with its label and its notification.</param>
    public sealed record Finished(long Rows);
}
