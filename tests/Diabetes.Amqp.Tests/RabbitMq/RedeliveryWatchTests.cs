using System.Diagnostics.Metrics;
using Diabetes.Testing.Logging;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class RedeliveryWatchTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public void See_FiveTimesBefore_IsSaidOnceUntilItIsAckedAndCountedEachTime()
    {
        var counted = 0L;
        var queue = Guid.NewGuid().ToString();
        using var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "amqp.often_delivered")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meter.SetMeasurementEventCallback<long>((_, value, tags, _) => counted += Equals(tags[0].Value, queue) ? value : 0);
        meter.Start();
        var watch = new RedeliveryWatch(queue, _log);

        watch.See(1, Delivered(4));
        Assert.Equal((0, 0L), (_log.Count(1024), counted));
        watch.See(2, Delivered(5));
        watch.See(3, Delivered(9));
        watch.Acked(2);
        watch.See(4, Delivered(5));
        Assert.Equal((1, 3L), (_log.Count(1024), counted));

        watch.Acked(3);
        watch.Acked(4);
        watch.See(5, Delivered(6));
        Assert.Equal((2, 4L), (_log.Count(1024), counted));
    }

    [Fact]
    public void See_NoCount_IsNotSaid()
    {
        new RedeliveryWatch("queue", _log).See(1, new BasicProperties());

        Assert.Equal(0, _log.Count(1024));
    }

    private static BasicProperties Delivered(long before) =>
        new() { Headers = new Dictionary<string, object?> { ["x-delivery-count"] = before } };
}
