namespace Diabetes.Metric;

/// <summary>When halves are made durable: whichever comes first.</summary>
/// <param name="Interval">Since the first half of the batch.</param>
/// <param name="Rows">Halves in the batch.</param>
public sealed record CommitPolicy(TimeSpan Interval, int Rows);
