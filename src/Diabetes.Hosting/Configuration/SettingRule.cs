namespace Diabetes.Hosting.Configuration;

/// <summary>Checks values that are valid by themselves against each other, or against what a node needs.</summary>
/// <param name="settings">Every value in them is valid by itself.</param>
/// <returns>The setting to change and what is expected of it, to end a sentence that begins with "expected"; null if nothing is
/// wrong.</returns>
public delegate (ISetting Setting, string Expected)? SettingRule(Settings settings);
