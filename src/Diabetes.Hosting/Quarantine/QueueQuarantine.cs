using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Akka.Streams;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Quarantine;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting.Quarantine;

/// <summary>
/// Where the unusable messages of one queue go: into the quarantine file, then among the dead letters of the queue, whose confirm settles the delivery. So nothing is
/// settled before both have it. A lost broker is waited for. A queue of dead letters that is full is not: it keeps its oldest letters, and what comes after them is
/// in the file alone.
/// </summary>
/// <param name="Queue">The queue that the messages come from.</param>
/// <param name="File">The quarantine file.</param>
/// <param name="Connection">The broker of the dead letters.</param>
/// <param name="Limit">Most dead letters that wait; 0 sends none.</param>
/// <param name="Time">Dates the entries and paces the looks at a full queue.</param>
/// <param name="Logger">Told what is set aside.</param>
public sealed record QueueQuarantine(string Queue, IQuarantine File, AmqpConnection Connection, int Limit, TimeProvider Time, ILogger Logger)
{
    /// <summary>The dispatcher of the stage that writes to the disk.</summary>
    public const string Dispatcher = "diabetes.quarantine-dispatcher";

    /// <summary>The stream's end: completes when everything is set aside and settled.</summary>
    public Sink<ImmutableArray<SetAside>, Task<Done>> Sink() =>
        Flow.FromGraph(new QuarantineStage(File, Time, Logger))
            .WithAttributes(ActorAttributes.CreateDispatcher(Dispatcher))
            .Async()
            .ToMaterialized(Letters(), Keep.Right);

    private Sink<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>, Task<Done>> Letters()
    {
        // Durable, since they are there to be looked at later, and classic in every topology: a classic queue takes back in order, and without counting, what
        // was only looked at.
        var queue = new QueueDeclaration(SetAsideFormat.QueueOf(Queue)).WithDurable(true);
        // Opened with the first letter: most nodes never have one.
        var settings = AmqpSinkSettings.Create(Connection, queue).WithStartAtFirstMessage();
        var room = new SetAsideRoom(Connection, queue.Name, Limit, Time, Logger);
        return Flow.Create<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>()
            .SelectAsync(1, entries => AddressAsync(entries, room))
            .Via(AmqpFlow.WithConfirmUnordered<QuarantineEntry, Letter>(settings, Encode))
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

    private static void Encode(QuarantineEntry entry, OutgoingMessage outgoing) => SetAsideFormat.Write(entry, outgoing.Body);

    private readonly record struct Letter(ICommittable Delivery, bool IsSent);
}
