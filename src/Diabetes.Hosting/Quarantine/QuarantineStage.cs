using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Stage;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Quarantine;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting.Quarantine;

/// <summary>
/// Writes unusable messages to the quarantine file, syncs it and passes them on. It always pulls, so that a disk that cannot be written
/// does not hold up usable messages: what waits here is unsettled, and the prefetch bounds it. A failed write is tried again every second.
/// </summary>
/// <param name="file">The file. The stage blocks its thread while it writes, so it needs a dispatcher of its own.</param>
/// <param name="time">Dates the entries.</param>
/// <param name="logger">Gets a line for what is set aside.</param>
internal sealed class QuarantineStage(IQuarantine file, TimeProvider time, ILogger logger)
    : GraphStage<FlowShape<ImmutableArray<SetAside>, ImmutableArray<(QuarantineEntry Entry, SetAside Message)>>>
{
    // Characters. A detail is one line of a log and a header of a message.
    private const int LongestDetail = 1000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Inlet<ImmutableArray<SetAside>> _in = new("Quarantine.in");
    private readonly Outlet<ImmutableArray<(QuarantineEntry Entry, SetAside Message)>> _out = new("Quarantine.out");

    public override FlowShape<ImmutableArray<SetAside>, ImmutableArray<(QuarantineEntry Entry, SetAside Message)>> Shape =>
        field ??= new(_in, _out);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, file, time, logger);

    private sealed class Logic : TimerGraphStageLogic
    {
        private readonly QuarantineStage _stage;
        private readonly IQuarantine _file;
        private readonly TimeProvider _time;
        private readonly ILogger _logger;
        private readonly List<(QuarantineEntry Entry, SetAside Message)> _waiting = [];
        private readonly List<(QuarantineEntry Entry, SetAside Message)> _written = [];
        private bool _refused;

        public Logic(QuarantineStage stage, IQuarantine file, TimeProvider time, ILogger logger)
            : base(stage.Shape)
        {
            (_stage, _file, _time, _logger) = (stage, file, time, logger);
            SetHandler(stage._in, onPush: OnPush, onUpstreamFinish: GoOn);
            SetHandler(stage._out, onPull: GoOn);
        }

        public override void PreStart() => Pull(_stage._in);

        protected override void OnTimer(object timerKey)
        {
            Write();
            GoOn();
        }

        private void OnPush()
        {
            var now = _time.GetUtcNow();
            foreach (var message in Grab(_stage._in))
            {
                var detail = message.Detail.Length > LongestDetail ? message.Detail[..LongestDetail] + "…" : message.Detail;
                var entry = new QuarantineEntry(now, message.Queue, message.Reason, detail, message.Body) { Size = message.Size };
                _waiting.Add((entry, message));
            }

            if (!_refused)
            {
                Write();
            }

            Pull(_stage._in);
            GoOn();
        }

        private void Write()
        {
            QuarantineEntry[] entries = [.. _waiting.Select(waiting => waiting.Entry)];
            try
            {
                _file.Append(entries);
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                if (!_refused)
                {
                    Hosting.Log.QuarantineRefused(_logger, refusal.Message);
                }

                _refused = true;
                ScheduleOnce(nameof(Write), RetryAfter);
                return;
            }

            if (_refused)
            {
                Hosting.Log.QuarantineBack(_logger);
            }

            _refused = false;
            foreach (var kind in entries.GroupBy(entry => (entry.Queue, entry.Reason)))
            {
                Hosting.Log.Quarantined(_logger, Plural.Of(kind.Count(), "message"), kind.Key.Queue, kind.Key.Reason, kind.First().Detail);
            }

            _written.AddRange(_waiting);
            _waiting.Clear();
        }

        private void GoOn()
        {
            if (_written.Count > 0 && IsAvailable(_stage._out))
            {
                Push(_stage._out, [.. _written]);
                _written.Clear();
            }

            if (IsClosed(_stage._in) && _waiting.Count == 0 && _written.Count == 0)
            {
                CompleteStage();
            }
        }
    }
}
