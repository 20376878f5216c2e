namespace Diabetes.Actors;

/// <summary>The result of what has no result.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
