namespace Diabetes.Actors;

/// <summary>Gets loggers.</summary>
public static class Logging
{
    /// <summary>The log of the running actor; its source is the actor's path.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context)
        => new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type);

    /// <summary>A log of a part that is no actor: an object gives its class's name, a string itself.</summary>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj) => logSourceObj switch
    {
        string name => new BusLogging(system.EventStream, $"{name}({system.Name})", typeof(string)),
        Type type => new BusLogging(system.EventStream, $"{type.Name}({system.Name})", type),
        IActorRef actor => new BusLogging(system.EventStream, actor.Path.ToString(), actor.GetType()),
        _ => new BusLogging(system.EventStream, $"{logSourceObj.GetType().Name}({system.Name})", logSourceObj.GetType()),
    };

    /// <summary><c>DEBUG</c>, <c>INFO</c>, <c>WARNING</c>, <c>ERROR</c>.</summary>
    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        _ => "ERROR",
    };
}
