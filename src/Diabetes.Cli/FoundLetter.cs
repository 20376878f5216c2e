using Diabetes.Amqp.Client;
using Diabetes.Ledger;

namespace Diabetes.Cli;

/// <summary>A dead letter in its queue, held until the <see cref="DeadLetterQueue"/> that found it closes.</summary>
/// <param name="Number">Its place in the queue, from 1, the oldest first.</param>
/// <param name="Entry">What it says. Of a message that the broker put there itself, what the broker says of it.</param>
/// <param name="Message">The letter as the broker has it.</param>
internal sealed record FoundLetter(int Number, QuarantineEntry Entry, HeldMessage Message);
