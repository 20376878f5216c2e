namespace Diabetes.Domain;

/// <summary>A dataset that cannot be read. The message says where, what stands there, and what was expected.</summary>
public sealed class DatasetException : FormatException
{
    public DatasetException()
    {
    }

    public DatasetException(string message) : base(message)
    {
    }

    public DatasetException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
