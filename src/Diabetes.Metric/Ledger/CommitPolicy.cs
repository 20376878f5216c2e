namespace Diabetes.Metric;

/// <summary>When rows are written: whichever comes first.</summary>
/// <param name="Interval">Since the first row of the batch.</param>
/// <param name="Rows">Rows in the batch.</param>
public sealed record CommitPolicy(TimeSpan Interval, int Rows);
