using Diabetes.Amqp;
using Diabetes.Amqp.Messages;
using Diabetes.Hosting.Quarantine;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Publishes to a queue of dead letters. A letter is there before its confirm is back, which a crash may lose.</summary>
internal sealed class SimulatedPublisher(World world, Life life, IConfirms confirms) : AmqpPublisher
{
    private int _outstanding;

    public override int Outstanding => _outstanding;

    public override bool TryAccept(OutgoingMessage message, long number)
    {
        var letter = SetAsideLetter.Read(message.WrittenBody, message.Properties)
            ?? throw new InvalidOperationException("This is no dead letter.");
        _outstanding++;
        world.Agenda.After(world.Latency(), life, () =>
        {
            world.Letters.Add(letter);
            world.Agenda.After(world.Latency(), life, () =>
            {
                _outstanding--;
                confirms.Confirmed([number]);
            });
        });
        return true;
    }

    public override void Send()
    {
    }

    public override ValueTask DisposeAsync() => default;
}
