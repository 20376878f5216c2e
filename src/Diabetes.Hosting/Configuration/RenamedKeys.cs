namespace Diabetes.Hosting.Configuration;

/// <summary>Keys that were there once, so that a file that still has one is told what took its place.</summary>
internal static class RenamedKeys
{
    /// <summary>The old key, and its successor: a key, or, where there is none, null.</summary>
    public static readonly IReadOnlyDictionary<string, string?> All = new Dictionary<string, string?>();
}
