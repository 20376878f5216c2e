namespace Diabetes.Actors;

/// <summary>Awaiting inline.</summary>
internal static class InlineAwaiterExtensions
{
    /// <inheritdoc cref="InlineAwaiter"/>
    public static InlineAwaiter Inline(this Task task) => new(task);
}
