namespace Diabetes.Actors;

/// <summary>A message whose loss is nothing to speak of: it becomes a <see cref="SuppressedDeadLetter"/>, not a <see cref="DeadLetter"/>.</summary>
public interface IDeadLetterSuppression;
