namespace Diabetes.Domain;

/// <summary>Reads what a queue carries beside the id.</summary>
internal interface IValueReader<T>
{
    /// <summary>Names of the member that holds it, the one that counts most first.</summary>
    MemberNames Names { get; }

    /// <summary>
    /// Reads from the token that the cursor stands on and leaves it on the last one of the value, also where there is a fault.
    /// </summary>
    Fault? Read(ref MessageCursor cursor, string name, out T value);
}
