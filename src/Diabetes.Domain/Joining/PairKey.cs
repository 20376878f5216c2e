using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>Identifies a pair: the id, and the model that predicted.</summary>
/// <param name="Id">The id, however it is written.</param>
/// <param name="Model">The name of the model; null if predictions of any model are joined.</param>
public readonly record struct PairKey(JoinKey Id, string? Model)
{
    /// <summary>
    /// Returns the text of the key, which is different for different keys: the text of the id, followed by <c>@</c> and the model if there
    /// is one. Keys of ids that are times sort by time, which keeps a store's index compact.
    /// </summary>
    /// <remarks>The text is unique because a model's name contains no quote, and an id that is a string ends with one.</remarks>
    public override string ToString() => Model is null ? Id.ToString() : $"{Id}@{Model}";
}
