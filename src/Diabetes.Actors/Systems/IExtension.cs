namespace Diabetes.Actors;

/// <summary>Something that each system has at most one of.</summary>
public interface IExtension;
