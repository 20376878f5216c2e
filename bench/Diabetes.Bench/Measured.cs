namespace Diabetes.Bench;

/// <summary>Two ways to do one thing, measured in turns; medians.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Raw">The raw way.</param>
/// <param name="Ours">Our way.</param>
/// <param name="Ratio">Rate ours : raw, of each round.</param>
/// <param name="Low">Lower quartile of that.</param>
/// <param name="High">Upper quartile of that.</param>
/// <param name="CpuRatio">Processor time raw : ours, of each round; what other processes do touches it less.</param>
internal sealed record Measured(string Name, Sample Raw, Sample Ours, double Ratio, double Low, double High, double CpuRatio);
