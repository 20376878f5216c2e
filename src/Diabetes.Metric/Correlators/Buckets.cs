using Diabetes.Domain.Ids;

namespace Diabetes.Metric.Correlators;

/// <summary>
/// Assigns ids to buckets. The result is the same on every machine and in every version, so that both halves of an id meet wherever they
/// arrive.
/// </summary>
internal static class Buckets
{
    /// <summary>Computes the bucket of an id.</summary>
    /// <param name="key">The id as a join key: halves with equal keys are joined.</param>
    /// <param name="count">The number of buckets.</param>
    public static int Of(JoinKey key, int count) => (int)(key.StableHash64 % (ulong)count);
}
