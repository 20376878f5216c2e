namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Limits what reading a document may cost: far above any real configuration, far below what would fill the memory.</summary>
internal static class HoconLimits
{
    /// <summary>Bytes of one file.</summary>
    public const int FileSize = 1 << 20;

    /// <summary>The deepest nesting of objects and arrays.</summary>
    public const int Nesting = 100;

    /// <summary>The deepest nesting of included files.</summary>
    public const int Includes = 20;

    /// <summary>The longest chain of values that one value depends on.</summary>
    public const int Chain = 200;

    /// <summary>Values evaluated for one document, repetitions by substitution included.</summary>
    public const int Evaluations = 100_000;

    /// <summary>Characters, items and fields that joining and merging make for one document.</summary>
    public const int Made = 1 << 22;
}
