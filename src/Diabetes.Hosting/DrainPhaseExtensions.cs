namespace Diabetes.Hosting;

internal static class DrainPhaseExtensions
{
    public static string ToAkkaPhase(this DrainPhase phase) => phase switch
    {
        DrainPhase.StopProducing => CoordinatedShutdown.PhaseBeforeServiceUnbind,
        DrainPhase.StopConsuming => CoordinatedShutdown.PhaseServiceUnbind,
        DrainPhase.Settle => CoordinatedShutdown.PhaseServiceRequestsDone,
        DrainPhase.Report => CoordinatedShutdown.PhaseServiceStop,
        DrainPhase.Close => CoordinatedShutdown.PhaseBeforeClusterShutdown,
        DrainPhase.Disconnect => CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, null),
    };
}
