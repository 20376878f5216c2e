namespace Diabetes.Actors.Tests;

/// <summary>Tells a <see cref="Boss"/> to make a child.</summary>
internal sealed record Hire(Props Props, string? Name);
