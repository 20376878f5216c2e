namespace Diabetes.Plot;

/// <summary>What makes a new picture.</summary>
public enum PlotTrigger
{
    /// <summary>The interval alone.</summary>
    Interval,

    /// <summary>A notification, and the interval in any case.</summary>
    Notification,
}
