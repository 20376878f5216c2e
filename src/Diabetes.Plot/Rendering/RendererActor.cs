using System.Text;
using Diabetes.Ledger.Disk;
using Diabetes.Plot.Charts;
using Microsoft.Extensions.Logging;

namespace Diabetes.Plot.Rendering;

/// <summary>
/// Draws pictures and puts them in place, one at a time. Keeps the last SVG for whoever wants to show it. Drawing is some hundred milliseconds of
/// one core, so it has an actor of its own and the one that follows the ledger stays awake meanwhile.
/// </summary>
public sealed class RendererActor : ReceiveActor
{
    private readonly PictureSpec _spec;
    private readonly SvgToPng _toPng;
    private readonly ILogger _logger;
    private RendererProtocol.Picture _last = new(null, 0, default);
    private bool _svgOnly;

    public RendererActor(PictureSpec spec, SvgToPng toPng, ILogger logger)
    {
        (_spec, _toPng, _logger) = (spec, toPng, logger);
        Receive<RendererProtocol.Draw>(draw =>
        {
            try
            {
                Sender.Tell(new RendererProtocol.Drawn(Draw(draw.Errors)));
            }
            catch (Exception failure)
            {
                // The asker waits for one answer or the other. What is not the disk's or the library's fault is the supervisor's to know, too.
                Sender.Tell(new Status.Failure(failure));
                if (failure is not (IOException or UnauthorizedAccessException or RenderingException)) throw;
            }
        });
        Receive<RendererProtocol.GetPicture>(_ => Sender.Tell(_last));
    }

    private string Draw(ErrorDistribution errors)
    {
        var svg = ErrorChart.Render(errors, _spec.Width, _spec.Height, _spec.Theme);
        _last = new RendererProtocol.Picture(svg, errors.Summary.Count, errors.At);
        var bytes = Encoding.UTF8.GetBytes(svg);
        AtomicFile.Write(_spec.SvgPath, bytes);
        if (_svgOnly || Convert(bytes) is not { } png) return _spec.SvgPath;
        AtomicFile.Write(_spec.PngPath, png);
        return _spec.PngPath;
    }

    private byte[]? Convert(byte[] svg)
    {
        try
        {
            return _toPng(svg, _spec.Width, _spec.Height);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            Log.NoLibrsvg(_logger, _spec.SvgPath);
            _svgOnly = true;
            return null;
        }
    }
}
