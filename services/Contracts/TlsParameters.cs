using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skypunch.Contracts;

/// <summary>
/// How TLS is spoken with a target, as <see cref="ParameterText"/>: <c>skip_verify=true,server_name=example.org</c>. One rule for the API, which rejects, and
/// for the Prober, which may meet a row written by hand.
/// </summary>
public static class TlsParameters
{
    /// <summary>true: any certificate is accepted.</summary>
    public const string SkipVerify = "skip_verify";

    /// <summary>PEM certificates of authorities that are trusted beside the system's.</summary>
    public const string Ca = "ca";

    /// <summary>The certificate to show, PEM, with its chain.</summary>
    public const string ClientCertificate = "client_certificate";

    /// <summary>The key of it, PEM.</summary>
    public const string ClientKey = "client_key";

    /// <summary>The name to ask for.</summary>
    public const string ServerName = "server_name";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [SkipVerify, Ca, ClientCertificate, ClientKey, ServerName];

    /// <summary>The parameters that are wrong, each with what is wrong as the end of a sentence; never with its value.</summary>
    public static IEnumerable<(string Parameter, string Words)> Faults(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (part, _) in parameters.Keys.Index().Where(key => !All.Contains(key.Item)))
        {
            yield return ($"part {part + 1}", $"has a key that is not known: use {string.Join(", ", All)}"); // the key may be part of a secret
        }

        if (Get(SkipVerify) is not ("" or "true" or "false"))
        {
            yield return (SkipVerify, "must be true or false");
        }

        if (Get(Ca) is { Length: > 0 } ca && !PemText.IsCertificates(ca))
        {
            yield return (Ca, "must be one or more certificates in PEM: -----BEGIN CERTIFICATE----- …");
        }

        if (Get(ServerName) is { Length: > 0 } name && WebUrl.AsciiName(name) is null)
        {
            yield return (ServerName, "must be a host name");
        }

        if (Get(ClientCertificate).Length > 0 != Get(ClientKey).Length > 0)
        {
            yield return Get(ClientKey).Length > 0
                ? (ClientCertificate, "is missing, but there is a client_key: give both")
                : (ClientKey, "is missing, but there is a client_certificate: give both");
        }
        else if (Get(ClientKey).Length > 0 && !IsPair(Get(ClientCertificate), Get(ClientKey)))
        {
            yield return (ClientKey, "must be the key of client_certificate, both in PEM, the key not encrypted");
        }

        string Get(string parameter) => parameters.GetValueOrDefault(parameter, "");
    }

    private static bool IsPair(string certificate, string key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            return pair.HasPrivateKey;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
