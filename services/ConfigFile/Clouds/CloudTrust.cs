using System.Security.Cryptography;

namespace Skypunch.ConfigFile.Clouds;

/// <summary>
/// Which certificates are trusted at a cloud's endpoints: <c>verify</c> or <c>insecure</c>, and <c>cacert</c>. The text of that file is put
/// into the parameters, since a Prober may run on another machine.
/// </summary>
internal sealed class CloudTrust(CloudSearch search, CloudLogin login)
{
    /// <summary>The most characters of PEM text: enough for several authorities.</summary>
    private const int LongestPem = 16_384;

    // The bundles of Debian, Red Hat, Alpine and BSD, and openSUSE, which each system trusts anyway.
    private static readonly string[] SystemBundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem", "/etc/ssl/ca-bundle.pem",
    ];

    public void Take(CloudLayer cloud, Action<string, string?> add)
    {
        if (Flag(cloud.Find("insecure")) == true || Flag(cloud.Find("verify")) == false)
        {
            add("verify", "false");
        }
        else if (cloud.Find("cacert") is { } file && !SystemBundles.Contains(file.Text))
        {
            add("cacert", Pem(file));
        }
    }

    private bool? Flag(CloudValue? value)
    {
        switch (value?.Text.ToLowerInvariant())
        {
            case null:
                return null;
            case "true" or "yes" or "on" or "1":
                return true;
            case "false" or "no" or "off" or "0":
                return false;
            default:
                login.Fault(value, "must be true or false");
                return null;
        }
    }

    private string? Pem(CloudValue file)
    {
        var path = search.Expand(file.Text);
        try
        {
            var certificates = Certificates(search.Read(path) ?? throw new FileNotFoundException("there is no such file"));
            if (certificates.Length is > 0 and <= LongestPem)
            {
                return certificates;
            }

            login.Fault(file, certificates.Length == 0
                ? $"names {path}, which holds no certificate in PEM: -----BEGIN CERTIFICATE----- …"
                : $"names {path}, which holds more certificates than can be taken along; name a file with those of the cloud's own authority");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            login.Fault(file, $"names {path}, which cannot be read: {e.Message}");
        }

        return null;
    }

    // Some tools write other text between the certificates.
    private static string Certificates(string text)
    {
        var found = new List<string>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is "CERTIFICATE")
            {
                found.Add(rest[fields.Location].ToString().ReplaceLineEndings("\n"));
            }

            rest = rest[fields.Location.End..];
        }

        return string.Join('\n', found);
    }
}
