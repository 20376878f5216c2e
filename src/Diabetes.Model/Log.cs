using Diabetes.Domain.Models;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Model;

internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information,
        "Loaded the {Kind} model {Path}: {Features} features, trained on {Rows} rows with a mean absolute error of {Error:0.00}")]
    public static partial void ModelLoaded(ILogger logger, ModelKind kind, string path, int features, int rows, double error);
}
