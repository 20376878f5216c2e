using System.Text;
using Diabetes.Ledger.Disk;
using Diabetes.Plot.Charts;
using Microsoft.Extensions.Logging;

namespace Diabetes.Plot.Rendering;

/// <summary>
/// Draws one picture at a time and writes it to disk. Keeps the last SVG for those who ask for it. Drawing takes one core for some hundred
/// milliseconds, so this is an actor of its own and the follower stays responsive.
/// </summary>
public sealed class RendererActor : ReceiveActor
{
    private readonly PictureSpec _spec;
    private readonly SvgToPng _toPng;
    private readonly ILogger _logger;
    private RendererProtocol.Picture _last = new(null, 0, default);
    private bool _svgOnly;

    /// <summary>Creates a renderer.</summary>
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
                // Answer in every case, because the asker waits. A fault that is neither the disk's nor the library's also goes to the
                // supervisor.
                Sender.Tell(new Status.Failure(failure));
                if (failure is not (IOException or UnauthorizedAccessException or RenderingException))
                {
                    throw;
                }
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
        if (_svgOnly || Convert(bytes) is not { } png)
        {
            return _spec.SvgPath;
        }

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
