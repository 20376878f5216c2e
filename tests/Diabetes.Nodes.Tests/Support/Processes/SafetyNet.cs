namespace Diabetes.Nodes.Tests.Support.Processes;

/// <summary>How long a test waits for what must come, so that one which fails ends. No test is right or wrong by these.</summary>
internal static class SafetyNet
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(120);
}
