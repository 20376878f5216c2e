using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Diabetes.Plot.Rendering;

/// <summary>
/// Converts SVG to PNG with librsvg and cairo from the operating system (Debian: librsvg2-2). All native memory of a call is freed when the
/// call returns or throws.
/// </summary>
internal static unsafe partial class Librsvg
{
    private const string Rsvg = "librsvg-2.so.2";
    private const string Cairo = "libcairo.so.2";
    private const string GObject = "libgobject-2.0.so.0";
    private const string GLib = "libglib-2.0.so.0";

    private const int FormatArgb32 = 0;
    private const int StatusSuccess = 0;
    private const int StatusWriteError = 11;

    // cairo shares its glyph caches between threads and is known to crash when two threads render text at once, so this lock lets in one at
    // a time.
    private static readonly Lock OneAtATime = new();

    /// <param name="svg">An SVG document, UTF-8.</param>
    /// <param name="width">Width of the PNG in pixels. The document is scaled to fit.</param>
    /// <param name="height">Height of the PNG in pixels.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="DllNotFoundException">librsvg or cairo is not installed.</exception>
    /// <exception cref="EntryPointNotFoundException">librsvg is older than 2.46.</exception>
    /// <exception cref="RenderingException">librsvg or cairo cannot draw the document.</exception>
    public static byte[] ToPng(ReadOnlySpan<byte> svg, int width, int height)
    {
        lock (OneAtATime)
        {
            nint document = 0, surface = 0, context = 0, error = 0;
            try
            {
                document = rsvg_handle_new_from_data(svg, (nuint)svg.Length, ref error);
                if (document == 0)
                {
                    throw new RenderingException($"librsvg cannot parse the SVG, which is a bug in the chart: {Message(error)}.");
                }

                surface = cairo_image_surface_create(FormatArgb32, width, height);
                context = cairo_create(surface);
                Check(cairo_status(context), $"make a picture of {width} × {height} pixels");
                if (rsvg_handle_render_document(document, context, new Viewport(0, 0, width, height), ref error) == 0)
                {
                    throw new RenderingException($"librsvg cannot draw the SVG: {Message(error)}.");
                }

                return Encode(surface);
            }
            finally
            {
                if (error != 0)
                {
                    g_error_free(error);
                }

                if (context != 0)
                {
                    cairo_destroy(context);
                }

                if (surface != 0)
                {
                    cairo_surface_destroy(surface);
                }

                if (document != 0)
                {
                    g_object_unref(document);
                }
            }
        }
    }

    private static byte[] Encode(nint surface)
    {
        using var png = new MemoryStream();
        var closure = GCHandle.Alloc(png);
        try
        {
            Check(cairo_surface_write_to_png_stream(surface, &Append, GCHandle.ToIntPtr(closure)), "write the PNG");
        }
        finally
        {
            closure.Free();
        }
        return png.ToArray();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Append(nint closure, byte* data, uint length)
    {
        try
        {
            ((MemoryStream)GCHandle.FromIntPtr(closure).Target!).Write(new ReadOnlySpan<byte>(data, (int)length));
            return StatusSuccess;
        }
        catch (Exception e) when (e is OutOfMemoryException or IOException)
        {
            // An exception must not pass through C code. cairo returns this status to Encode, which throws.
            return StatusWriteError;
        }
    }

    private static void Check(int status, string what)
    {
        if (status == StatusSuccess)
        {
            return;
        }

        throw new RenderingException($"cairo cannot {what}: {Marshal.PtrToStringUTF8(cairo_status_to_string(status))}");
    }

    private static string Message(nint error) =>
        (error == 0 ? null : Marshal.PtrToStringUTF8(((GError*)error)->Message)) ?? "no reason given";

    [LibraryImport(Rsvg)]
    private static partial nint rsvg_handle_new_from_data(ReadOnlySpan<byte> data, nuint length, ref nint error);

    [LibraryImport(Rsvg)]
    private static partial int rsvg_handle_render_document(nint handle, nint context, in Viewport viewport, ref nint error);

    [LibraryImport(Cairo)]
    private static partial nint cairo_image_surface_create(int format, int width, int height);

    [LibraryImport(Cairo)]
    private static partial nint cairo_create(nint surface);

    [LibraryImport(Cairo)]
    private static partial int cairo_status(nint context);

    [LibraryImport(Cairo)]
    private static partial nint cairo_status_to_string(int status);

    [LibraryImport(Cairo)]
    private static partial int cairo_surface_write_to_png_stream(
        nint surface, delegate* unmanaged[Cdecl]<nint, byte*, uint, int> write, nint closure);

    [LibraryImport(Cairo)]
    private static partial void cairo_destroy(nint context);

    [LibraryImport(Cairo)]
    private static partial void cairo_surface_destroy(nint surface);

    [LibraryImport(GObject)]
    private static partial void g_object_unref(nint instance);

    [LibraryImport(GLib)]
    private static partial void g_error_free(nint error);

    private readonly record struct Viewport(double X, double Y, double Width, double Height);

    private readonly record struct GError(uint Domain, int Code, nint Message);
}

/// <summary>Reports that a picture could not be drawn. The message names the library and its reason.</summary>
public sealed class RenderingException(string message) : Exception(message);

/// <summary>Converts an SVG document (UTF-8) to a PNG file of the given width and height in pixels.</summary>
/// <exception cref="DllNotFoundException">A library of the operating system is not installed.</exception>
/// <exception cref="RenderingException">The document cannot be drawn.</exception>
public delegate byte[] SvgToPng(ReadOnlySpan<byte> svg, int width, int height);
