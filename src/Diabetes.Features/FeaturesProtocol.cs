namespace Diabetes.Features;

/// <summary>What a <see cref="FeaturesActor"/> understands and answers.</summary>
public static class FeaturesProtocol
{
    /// <summary>
    /// Asks to be told when the last row and its label are with the broker, by <see cref="Finished"/>, or that they cannot get there, by a
    /// <see cref="Status.Failure"/>.
    /// </summary>
    public sealed record WhenFinished
    {
        public static readonly WhenFinished Instance = new();
    }

    /// <summary>Draw no more rows, send the labels that are still to come at once, then say <see cref="Finished"/> or <see cref="Status.Failure"/>.</summary>
    public sealed record Finish
    {
        public static readonly Finish Instance = new();
    }

    /// <summary>Everything is with the broker.</summary>
    /// <param name="Rows">Rows sent, each with its label and its notification.</param>
    public sealed record Finished(long Rows);
}
