using Diabetes.Ledger;

namespace Diabetes.Plot.Following;

/// <summary>Lists the messages that a <see cref="FollowerActor"/> understands and sends.</summary>
public static class FollowerProtocol
{
    /// <summary>Announces that new rows will soon be in the ledger. A hint only: without it the ledger is read at the interval.</summary>
    public sealed record Notified
    {
        public static readonly Notified Instance = new();
    }

    /// <summary>Asks for a picture of everything that is in the ledger now. The answer is <see cref="Finished"/>.</summary>
    public sealed record Finish
    {
        public static readonly Finish Instance = new();
    }

    /// <summary>Answers <see cref="Finish"/>.</summary>
    /// <param name="Rows">The number of rows read from the ledger.</param>
    /// <param name="Picture">The path of the last picture; null if no picture was drawn.</param>
    /// <param name="Problem">The reason why the picture is out of date; null if it is up to date.</param>
    public sealed record Finished(long Rows, string? Picture, string? Problem);

    /// <summary>Tells the follower to read the ledger. Sent by its own timer.</summary>
    internal sealed record ReadDue
    {
        public static readonly ReadDue Instance = new();
    }

    /// <summary>Brings a page of the ledger: the rows, and the position of the next page.</summary>
    internal sealed record PageRead(LedgerPage Page);

    /// <summary>Tells the follower that a page could not be read.</summary>
    internal sealed record ReadFailed(Exception Cause);
}
