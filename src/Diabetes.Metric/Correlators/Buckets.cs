using Diabetes.Domain.Ids;

namespace Diabetes.Metric.Correlators;

/// <summary>
/// Says which bucket an id belongs to. It is the same on every machine and in every version, so that both halves of an id meet in one place wherever they came in.
/// </summary>
internal static class Buckets
{
    /// <summary>The bucket of an id.</summary>
    /// <param name="key">The id as halves are joined by.</param>
    /// <param name="count">How many buckets there are.</param>
    public static int Of(JoinKey key, int count) => (int)(key.StableHash64 % (ulong)count);
}
