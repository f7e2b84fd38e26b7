using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// The certificate authorities that a notifier trusts: the parameter <c>ca</c>, which is PEM text, or the path of a regular file that holds
/// it.
/// </summary>
internal static class SmtpAuthorities
{
    /// <summary>The most bytes that such a file may have: about five times the bundle of a whole system.</summary>
    public const int LargestFile = 1024 * 1024;

    /// <summary>Whether the parameter is PEM text and not a path.</summary>
    public static bool IsText(string ca) => ca.TrimStart().StartsWith("-----BEGIN", StringComparison.Ordinal);

    /// <summary>Whether a text holds certificates.</summary>
    public static bool IsCertificates(string pem)
    {
        try
        {
            return Read(pem).Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Reads the certificates.</summary>
    /// <exception cref="IOException">The file cannot be read, or is empty, too large or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="CryptographicException">There is no certificate in the text or file.</exception>
    public static X509Certificate2Collection Load(string ca)
    {
        var found = Read(IsText(ca) ? ca : ReadFile(ca));
        return found.Count > 0 ? found : throw new CryptographicException("there is no certificate in it");
    }

    private static X509Certificate2Collection Read(string pem)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPem(pem);
        return found;
    }

    // A pipe or a device has no length; it might have no end, and opening it might wait for ever.
    private static string ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"there is no file {path}");
        }

        if ((file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length is 0 or > LargestFile)
        {
            throw new IOException($"it must be a regular file of at most {LargestFile / 1024} kB");
        }

        using var reader = new StreamReader(path);
        var text = new char[LargestFile + 1];
        var length = reader.ReadBlock(text, 0, text.Length);
        return new string(text, 0, length);
    }
}
