namespace Diabetes.Amqp.Tests.Support;

/// <summary>Records the confirms of a publisher.</summary>
internal sealed class Confirms : IConfirms
{
    public Gathered<long> Numbers { get; } = new();

    public Gathered<AmqpRefusedException> Refusals { get; } = new();

    void IConfirms.Confirmed(ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            Numbers.Add(number);
        }
    }

    void IConfirms.Room()
    {
    }

    void IConfirms.Refused(AmqpRefusedException reason) => Refusals.Add(reason);
}
