namespace Diabetes.Actors;

/// <summary>
/// Logging by level. Places in a format are <c>{0}</c>, <c>{1}</c>, …; nothing is put together, and no array made, for a level that is off.
/// </summary>
public static class LoggingExtensions
{
    public static void Debug(this ILoggingAdapter log, string format) => log.Log(LogLevel.DebugLevel, null, format);

    public static void Debug(this ILoggingAdapter log, Exception? cause, string format) => log.Log(LogLevel.DebugLevel, cause, format);

    public static void Debug<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
        {
            log.Log(LogLevel.DebugLevel, null, new LogMessage(format, arg1));
        }
    }

    public static void Debug<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
        {
            log.Log(LogLevel.DebugLevel, cause, new LogMessage(format, arg1));
        }
    }

    public static void Debug<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
        {
            log.Log(LogLevel.DebugLevel, null, new LogMessage(format, arg1, arg2));
        }
    }

    public static void Debug<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
        {
            log.Log(LogLevel.DebugLevel, cause, new LogMessage(format, arg1, arg2));
        }
    }

    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
        {
            log.Log(LogLevel.DebugLevel, null, new LogMessage(format, arg1, arg2, arg3));
        }
    }

    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
        {
            log.Log(LogLevel.DebugLevel, cause, new LogMessage(format, arg1, arg2, arg3));
        }
    }

    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
        {
            log.Log(LogLevel.DebugLevel, null, new LogMessage(format, arg1, arg2, arg3, arg4));
        }
    }

    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
        {
            log.Log(LogLevel.DebugLevel, cause, new LogMessage(format, arg1, arg2, arg3, arg4));
        }
    }

    public static void Info(this ILoggingAdapter log, string format) => log.Log(LogLevel.InfoLevel, null, format);

    public static void Info(this ILoggingAdapter log, Exception? cause, string format) => log.Log(LogLevel.InfoLevel, cause, format);

    public static void Info<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
        {
            log.Log(LogLevel.InfoLevel, null, new LogMessage(format, arg1));
        }
    }

    public static void Info<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
        {
            log.Log(LogLevel.InfoLevel, cause, new LogMessage(format, arg1));
        }
    }

    public static void Info<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
        {
            log.Log(LogLevel.InfoLevel, null, new LogMessage(format, arg1, arg2));
        }
    }

    public static void Info<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
        {
            log.Log(LogLevel.InfoLevel, cause, new LogMessage(format, arg1, arg2));
        }
    }

    public static void Info<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
        {
            log.Log(LogLevel.InfoLevel, null, new LogMessage(format, arg1, arg2, arg3));
        }
    }

    public static void Info<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
        {
            log.Log(LogLevel.InfoLevel, cause, new LogMessage(format, arg1, arg2, arg3));
        }
    }

    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
        {
            log.Log(LogLevel.InfoLevel, null, new LogMessage(format, arg1, arg2, arg3, arg4));
        }
    }

    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
        {
            log.Log(LogLevel.InfoLevel, cause, new LogMessage(format, arg1, arg2, arg3, arg4));
        }
    }

    public static void Warning(this ILoggingAdapter log, string format) => log.Log(LogLevel.WarningLevel, null, format);

    public static void Warning(this ILoggingAdapter log, Exception? cause, string format) => log.Log(LogLevel.WarningLevel, cause, format);

    public static void Warning<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
        {
            log.Log(LogLevel.WarningLevel, null, new LogMessage(format, arg1));
        }
    }

    public static void Warning<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
        {
            log.Log(LogLevel.WarningLevel, cause, new LogMessage(format, arg1));
        }
    }

    public static void Warning<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
        {
            log.Log(LogLevel.WarningLevel, null, new LogMessage(format, arg1, arg2));
        }
    }

    public static void Warning<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
        {
            log.Log(LogLevel.WarningLevel, cause, new LogMessage(format, arg1, arg2));
        }
    }

    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
        {
            log.Log(LogLevel.WarningLevel, null, new LogMessage(format, arg1, arg2, arg3));
        }
    }

    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
        {
            log.Log(LogLevel.WarningLevel, cause, new LogMessage(format, arg1, arg2, arg3));
        }
    }

    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
        {
            log.Log(LogLevel.WarningLevel, null, new LogMessage(format, arg1, arg2, arg3, arg4));
        }
    }

    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
        {
            log.Log(LogLevel.WarningLevel, cause, new LogMessage(format, arg1, arg2, arg3, arg4));
        }
    }

    public static void Error(this ILoggingAdapter log, string format) => log.Log(LogLevel.ErrorLevel, null, format);

    public static void Error(this ILoggingAdapter log, Exception? cause, string format) => log.Log(LogLevel.ErrorLevel, cause, format);

    public static void Error<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
        {
            log.Log(LogLevel.ErrorLevel, null, new LogMessage(format, arg1));
        }
    }

    public static void Error<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
        {
            log.Log(LogLevel.ErrorLevel, cause, new LogMessage(format, arg1));
        }
    }

    public static void Error<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
        {
            log.Log(LogLevel.ErrorLevel, null, new LogMessage(format, arg1, arg2));
        }
    }

    public static void Error<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
        {
            log.Log(LogLevel.ErrorLevel, cause, new LogMessage(format, arg1, arg2));
        }
    }

    public static void Error<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
        {
            log.Log(LogLevel.ErrorLevel, null, new LogMessage(format, arg1, arg2, arg3));
        }
    }

    public static void Error<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
        {
            log.Log(LogLevel.ErrorLevel, cause, new LogMessage(format, arg1, arg2, arg3));
        }
    }

    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
        {
            log.Log(LogLevel.ErrorLevel, null, new LogMessage(format, arg1, arg2, arg3, arg4));
        }
    }

    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
        {
            log.Log(LogLevel.ErrorLevel, cause, new LogMessage(format, arg1, arg2, arg3, arg4));
        }
    }
}
