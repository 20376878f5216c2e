namespace Diabetes.Bench;

/// <summary>One measurement.</summary>
/// <param name="Rate">Operations a second.</param>
/// <param name="CpuNanoseconds">Processor time of the whole process an operation.</param>
internal readonly record struct Sample(double Rate, double CpuNanoseconds);
