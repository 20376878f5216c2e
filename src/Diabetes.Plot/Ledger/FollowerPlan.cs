using Akka.Hosting;
using Diabetes.Ledger;

namespace Diabetes.Plot;

/// <summary>What a follower follows, and who works for it.</summary>
/// <param name="Reader">Reads the ledger.</param>
/// <param name="LedgerPath">The ledger's name, for the log.</param>
/// <param name="Trigger">What makes a picture.</param>
/// <param name="Interval">Between two looks at the ledger, and at least between two pictures.</param>
/// <param name="Renderer">Draws the picture.</param>
public sealed record FollowerPlan(ILedgerReader Reader, string LedgerPath, PlotTrigger Trigger, TimeSpan Interval, IRequiredActor<RendererActor> Renderer);
