namespace Diabetes.Domain;

/// <summary>A model file that cannot be used. The message says where, what stands there, and what to do.</summary>
public sealed class ModelFileException : FormatException
{
    public ModelFileException()
    {
    }

    public ModelFileException(string message) : base(message)
    {
    }

    public ModelFileException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
