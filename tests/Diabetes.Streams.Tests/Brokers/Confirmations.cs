namespace Diabetes.Streams.Tests;

/// <summary>Counts what a sink said of its messages.</summary>
internal sealed class Confirmations
{
    private int _confirmed;
    private int _abandoned;

    public int Confirmed => Volatile.Read(ref _confirmed);

    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>A confirmation for one message; told twice, it fails the count for good.</summary>
    public IConfirmation One() => new Single(this);

    private sealed class Single(Confirmations all) : IConfirmation
    {
        private int _told;

        public void Confirmed()
        {
            Interlocked.Add(ref all._confirmed, Interlocked.Exchange(ref _told, 1) == 0 ? 1 : 1_000_000);
        }

        public void Abandoned(NackReason reason)
        {
            Interlocked.Add(ref all._abandoned, Interlocked.Exchange(ref _told, 1) == 0 ? 1 : 1_000_000);
        }
    }
}
