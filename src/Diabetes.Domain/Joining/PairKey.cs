using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>What the two halves of a pair share: the id, and whose prediction it is.</summary>
/// <param name="Id">Without its spelling.</param>
/// <param name="Model">Null where models are not told apart.</param>
public readonly record struct PairKey(JoinKey Id, string? Model)
{
    /// <summary>
    /// The key's only text, different for different keys: that of the id, and behind it <c>@</c> and the model, if there is one. Keys of ids that are
    /// times sort by time, which a store's index likes.
    /// </summary>
    /// <remarks>Unmistakable, because a model's name has no quote in it and an id that is a string ends with one.</remarks>
    public override string ToString() => Model is null ? Id.ToString() : $"{Id}@{Model}";
}
