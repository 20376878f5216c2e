namespace Diabetes.Amqp.Client;

/// <summary>One ack or nack as the broker is to hear it; with <paramref name="Multiple"/> for all deliveries up to the tag.</summary>
internal readonly record struct SettleCommand(ulong Tag, bool Ack, bool Multiple);
