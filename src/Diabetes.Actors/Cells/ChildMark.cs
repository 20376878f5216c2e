namespace Diabetes.Actors;

/// <summary>What a parent notes about a child; lies in the child's cell, belongs to the parent's run.</summary>
internal enum ChildMark : byte
{
    Alive,

    /// <summary>The parent has told it to stop.</summary>
    Dying,

    /// <summary>Its death was handled.</summary>
    Removed,
}
