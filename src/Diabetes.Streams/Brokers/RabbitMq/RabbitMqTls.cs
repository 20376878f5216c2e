namespace Diabetes.Streams;

/// <summary>How this process makes sure who it talks to.</summary>
public sealed record RabbitMqTls
{
    /// <summary>Name that the broker's certificate must carry; empty for the host of the URI.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>PEM file of the authorities to trust, instead of the system's; empty for the system's.</summary>
    public string CaFile { get; init; } = "";
}
