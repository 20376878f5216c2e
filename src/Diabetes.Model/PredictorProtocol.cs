namespace Diabetes.Model;

/// <summary>What a <see cref="PredictorActor"/> understands, beside deliveries of rows, and answers.</summary>
public static class PredictorProtocol
{
    /// <summary>Asks to be told when every row that came before has been handed on; answered with <see cref="Drained"/>.</summary>
    public sealed record Drain
    {
        public static readonly Drain Instance = new();
    }

    /// <param name="Answered">Predictions made since the node started.</param>
    /// <param name="SetAside">Rows that went to quarantine.</param>
    public sealed record Drained(long Answered, long SetAside);
}
