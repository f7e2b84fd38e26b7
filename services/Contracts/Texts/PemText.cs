using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skypunch.Contracts.Texts;

/// <summary>Certificates as text: PEM (RFC 7468).</summary>
public static class PemText
{
    /// <summary>Whether the text has at least one certificate, and all its certificates can be read.</summary>
    public static bool IsCertificates(string pem)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
            return found.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            foreach (var certificate in found)
            {
                certificate.Dispose();
            }
        }
    }
}
