namespace Diabetes.Plot;

/// <summary>Which end of a text its x stands for.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
