using System.Threading.Channels;

namespace Diabetes.Amqp.Tests.Support;

/// <summary>Simulates a connection whose publisher confirms on its own threads, in any order, and often has no room.</summary>
internal sealed class BusyConnection(int seed, int window) : AmqpConnection
{
    public override AmqpConnectionState State => AmqpConnectionState.Connected;

    public override RestartSettings Reconnect { get; } = RestartSettings.Create(
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), randomFactor: 0);

    public override AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries) =>
        throw new InvalidOperationException();

    public override AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms) =>
        new Publisher(confirms, new Random(seed), window);

    public override ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken) => new((QueueDepth?)null);

    public override ValueTask DisposeAsync() => default;

    private sealed class Publisher : AmqpPublisher
    {
        private readonly Channel<long> _accepted = Channel.CreateUnbounded<long>();
        private readonly IConfirms _confirms;
        private readonly Random _random;
        private readonly int _window;
        private readonly Task _confirming;
        private readonly Lock _gate = new();
        private int _open;
        private bool _refused;

        public Publisher(IConfirms confirms, Random random, int window)
        {
            (_confirms, _random, _window) = (confirms, random, window);
            _confirming = Task.Run(ConfirmAsync);
        }

        public override int Outstanding => _open;

        public override bool TryAccept(OutgoingMessage message, long number)
        {
            lock (_gate)
            {
                if (_open == _window)
                {
                    _refused = true;
                    return false;
                }

                _open++;
            }

            Assert.True(_accepted.Writer.TryWrite(number));
            return true;
        }

        public override void Send()
        {
        }

        public override async ValueTask DisposeAsync()
        {
            _accepted.Writer.TryComplete();
            await _confirming;
        }

        private async Task ConfirmAsync()
        {
            while (await _accepted.Reader.WaitToReadAsync())
            {
                var some = new List<long>();
                while (some.Count < _random.Next(1, 6) && _accepted.Reader.TryRead(out var number))
                {
                    some.Add(number);
                }

                var numbers = some.ToArray();
                _random.Shuffle(numbers);
                Confirm(numbers);
            }
        }

        private void Confirm(long[] numbers)
        {
            bool room;
            lock (_gate)
            {
                _open -= numbers.Length;
                (room, _refused) = (_refused, false);
            }

            _confirms.Confirmed(numbers);
            if (room)
            {
                _confirms.Room();
            }
        }
    }
}
