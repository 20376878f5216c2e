namespace Diabetes.Actors;

/// <summary>The directive is for the child that failed and for all its siblings.</summary>
public class AllForOneStrategy : SupervisorStrategy
{
    /// <param name="maxNrOfRetries">Most restarts of a child before it is stopped; null or negative for no limit.</param>
    /// <param name="withinTimeRange">Time in which they are counted; null to count for ever.</param>
    /// <param name="localOnlyDecider">Chooses the directive.</param>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Actors.Decider.From(localOnlyDecider))
    {
    }

    /// <inheritdoc cref="AllForOneStrategy(int?, TimeSpan?, Func{Exception, Directive})"/>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : base(maxNrOfRetries ?? -1, withinTimeRange ?? Timeout.InfiniteTimeSpan, decider, loggingEnabled: true)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Actors.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : base(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), decider, loggingEnabled)
    {
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(null, null, localOnlyDecider)
    {
    }

    public AllForOneStrategy(IDecider decider)
        : this(null, null, decider)
    {
    }

    internal override void ProcessFailure(ActorCell supervisor, bool restart, ActorCell child, Exception cause)
    {
        var children = supervisor.ChildrenNow();
        if (restart && children.All(each => MayRestart(supervisor, each)))
        {
            foreach (var each in children)
            {
                ActorCell.RestartChild(each, cause, suspendFirst: each != child);
            }
        }
        else
        {
            foreach (var each in children)
            {
                supervisor.Stop(each);
            }
        }
    }
}
