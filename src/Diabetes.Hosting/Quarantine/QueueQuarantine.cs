using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Quarantine;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting.Quarantine;

/// <summary>
/// Stores the unusable messages of one queue in the quarantine file, then publishes them to the queue of set-aside messages; its confirm
/// settles the delivery, so nothing is settled before both have it. Waits for a lost broker. Does not wait for room in a full queue, which
/// keeps its oldest messages, nor for the permission to declare the queue: later messages are then in the file alone.
/// </summary>
/// <param name="Queue">The queue that the messages come from.</param>
/// <param name="File">The quarantine file.</param>
/// <param name="Connection">The broker that keeps the set-aside messages.</param>
/// <param name="Limit">The largest number of set-aside messages in the queue. With 0, none are sent to it.</param>
/// <param name="Time">Dates the entries and says when a full queue is asked for its length again.</param>
/// <param name="Logger">Gets a line for what is set aside.</param>
public sealed record QueueQuarantine(
    string Queue, IQuarantine File, AmqpConnection Connection, int Limit, TimeProvider Time, ILogger Logger)
{
    /// <summary>The dispatcher of the stage that writes to the disk.</summary>
    public const string Dispatcher = "diabetes.quarantine-dispatcher";

    /// <summary>Makes the end of a stream. Its task completes when everything is set aside and settled.</summary>
    public Sink<ImmutableArray<SetAside>, Task<Done>> Sink() =>
        Flow.FromGraph(new QuarantineStage(File, Time, Logger))
            .WithAttributes(ActorAttributes.CreateDispatcher(Dispatcher))
            .Async()
            .ToMaterialized(Published(), Keep.Right);

    private Sink<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>, Task<Done>> Published()
    {
        // Durable, since an operator looks at the messages later. Classic in every topology: a classic queue takes back in order what was
        // only looked at, and a quorum queue counts each return against its delivery limit.
        var queue = new QueueDeclaration(SetAsideFormat.QueueOf(Queue)).WithDurable(true);
        // Open the channel with the first message: most nodes never set one aside.
        var settings = AmqpSinkSettings.Create(Connection, queue).WithStartAtFirstMessage();
        var room = new SetAsideRoom(Connection, queue, Limit, Time, Logger);
        return Flow.Create<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>()
            .SelectAsync(1, entries => AddressAsync(entries, room))
            .Via(AmqpFlow.WithConfirmUnordered<QuarantineEntry, Letter>(settings, SetAsideLetter.Write))
            .Select(letters => ImmutableArray.CreateRange(letters, letter => End(letter, room)))
            .ToMaterialized(Committer.Sink(), Keep.Right);
    }

    private async Task<ImmutableArray<Publication<QuarantineEntry, Letter>>> AddressAsync(
        ImmutableArray<(QuarantineEntry Entry, SetAside Message)> entries, SetAsideRoom room)
    {
        var publications = ImmutableArray.CreateBuilder<Publication<QuarantineEntry, Letter>>(entries.Length);
        foreach (var (entry, message) in entries)
        {
            publications.Add(Limit > 0 && await room.TakeAsync(CancellationToken.None).ConfigureAwait(false)
                ? new(entry, new Letter(message.Delivery, IsSent: true))
                : Publication.None<QuarantineEntry, Letter>(new Letter(message.Delivery, IsSent: false)));
        }

        return publications.DrainToImmutable();
    }

    private static ICommittable End(Letter letter, SetAsideRoom room)
    {
        if (letter.IsSent)
        {
            room.Confirmed();
        }

        return letter.Delivery;
    }

    private readonly record struct Letter(ICommittable Delivery, bool IsSent);
}
