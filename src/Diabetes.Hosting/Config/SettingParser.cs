using System.Diagnostics.CodeAnalysis;

namespace Diabetes.Hosting;

/// <summary>Reads a value as it stands in a file, the environment or an option, and checks its range. Never throws.</summary>
public delegate bool SettingParser<T>(string text, [MaybeNullWhen(false)] out T value);
