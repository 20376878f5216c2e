using Diabetes.Hosting.Actors;

namespace Diabetes.Metric.Correlators;

/// <summary>
/// Owns the buckets of this process. It forwards offers to their bucket and adds up the counts of all buckets. A bucket that stops is
/// created again: the origins still hold its halves and offer them to the ledger when their verdicts are overdue.
/// </summary>
internal sealed class BucketsActor : UntypedActor
{
    private readonly Props _bucket;
    private readonly IActorRef[] _buckets;
    private readonly Queue<(object Question, IActorRef Asker)> _questions = new();
    private readonly HashSet<IActorRef> _missing = [];
    private BucketProtocol.Tally _sum = new(0, 0, 0);
    private bool _draining;

    /// <param name="count">The number of buckets.</param>
    /// <param name="bucket">Creates a <see cref="BucketActor"/>.</param>
    public BucketsActor(int count, Props bucket)
    {
        _bucket = bucket;
        _buckets = [.. Enumerable.Range(0, count).Select(Make)];
    }

    protected override SupervisorStrategy SupervisorStrategy() => CrashOnly.Escalate;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OfferProtocol.Offers offers:
                _buckets[offers.Bucket].Forward(offers);
                break;
            case BucketProtocol.GetTally or BucketProtocol.Drain:
                _draining |= message is BucketProtocol.Drain;
                _questions.Enqueue((message, Sender));
                if (_questions.Count == 1)
                {
                    AskAll();
                }

                break;
            case BucketProtocol.Tally tally:
                _sum = BucketProtocol.Tally.Add(_sum, tally);
                Answered(Sender);
                break;
            case Terminated stopped:
                Replace(stopped.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private IActorRef Make(int number) => Context.Watch(Context.ActorOf(_bucket, $"{number}"));

    private void Replace(IActorRef stopped)
    {
        var number = Array.IndexOf(_buckets, stopped);
        var bucket = _buckets[number] = Make(number);
        if (_draining)
        {
            // Only the bucket before was told to drain, so tell the new one. Nobody waits for this answer.
            bucket.Tell(BucketProtocol.Drain.Instance, ActorRefs.Nobody);
        }

        if (_missing.Contains(stopped))
        {
            Ask(bucket);
            Answered(stopped);
        }
    }

    private void AskAll()
    {
        _sum = new(0, 0, 0);
        foreach (var bucket in _buckets)
        {
            Ask(bucket);
        }
    }

    private void Ask(IActorRef bucket)
    {
        _missing.Add(bucket);
        bucket.Tell(_questions.Peek().Question);
    }

    private void Answered(IActorRef bucket)
    {
        _missing.Remove(bucket);
        if (_missing.Count > 0)
        {
            return;
        }

        _questions.Dequeue().Asker.Tell(_sum);
        if (_questions.Count > 0)
        {
            AskAll();
        }
    }
}
