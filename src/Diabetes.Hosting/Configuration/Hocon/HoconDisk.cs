using System.Text;

namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Reads the files of this machine.</summary>
internal sealed class HoconDisk : IHoconFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string? Read(string path)
    {
        var origin = new HoconOrigin(path, 0);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > HoconLimits.FileSize)
            {
                throw new HoconException(origin, $"the file is larger than {HoconLimits.FileSize} bytes; is it a configuration?");
            }

            using var reader = new StreamReader(file, Strict);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException)
        {
            throw new HoconException(origin, "the file is not valid UTF-8; save it in that encoding");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HoconException(origin, $"the file cannot be read: {e.Message}");
        }
    }
}
