using Diabetes.Ledger;

namespace Diabetes.Plot.Following;

/// <summary>What a <see cref="FollowerActor"/> understands and answers.</summary>
public static class FollowerProtocol
{
    /// <summary>Rows are on their way to the ledger. A hint: whoever hears none looks at the interval.</summary>
    public sealed record Notified
    {
        public static readonly Notified Instance = new();
    }

    /// <summary>Draw what is in the ledger by now, if it is not drawn already; answered with <see cref="Finished"/>.</summary>
    public sealed record Finish
    {
        public static readonly Finish Instance = new();
    }

    /// <param name="Rows">Rows in the ledger.</param>
    /// <param name="Picture">The file to look at; null if none was drawn.</param>
    /// <param name="Problem">Why the picture is not up to date; null if it is.</param>
    public sealed record Finished(long Rows, string? Picture, string? Problem);

    /// <summary>Time to look at the ledger. The actor's own, as all below.</summary>
    internal sealed record Look
    {
        public static readonly Look Instance = new();
    }

    /// <param name="Position">Where it was read.</param>
    /// <param name="Page">What was there.</param>
    internal sealed record PageRead(long Position, LedgerPage Page);

    internal sealed record ReadFailed(Exception Cause);
}
