namespace Diabetes.Hosting;

/// <summary>Published on the event stream by a node that has nothing more to do: the process drains and ends.</summary>
public sealed record NodeDone
{
    public static readonly NodeDone Instance = new();
}
