namespace Diabetes.Hosting;

/// <summary>Why a node ends.</summary>
/// <param name="Cause">For the log.</param>
/// <param name="ExitCode">How the process ends if the drain leaves nothing.</param>
internal readonly record struct Ending(string Cause, ExitCode ExitCode);
