namespace Diabetes.Actors;

/// <summary>A behaviour: handles <paramref name="message"/> and says whether it knew it. False makes the message an <see cref="UnhandledMessage"/>.</summary>
public delegate bool Receive(object message);
