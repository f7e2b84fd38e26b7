using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skypunch.Contracts.Texts;

/// <summary>
/// The TLS parameters of a target, which are stored as <see cref="ParameterText"/>: <c>skip_verify=true,server_name=example.org</c>. The
/// API uses these rules to refuse a target, and the Prober to check a row that may have been edited by hand in SQL.
/// </summary>
public static class TlsParameters
{
    /// <summary>Whether any certificate is accepted: true or false.</summary>
    public const string SkipVerify = "skip_verify";

    /// <summary>PEM certificates of authorities that are trusted in addition to the system's.</summary>
    public const string Ca = "ca";

    /// <summary>The client certificate and its chain, in PEM.</summary>
    public const string ClientCertificate = "client_certificate";

    /// <summary>The key of the client certificate, in PEM.</summary>
    public const string ClientKey = "client_key";

    /// <summary>The host name that is sent (SNI) and that the certificate must have.</summary>
    public const string ServerName = "server_name";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [SkipVerify, Ca, ClientCertificate, ClientKey, ServerName];

    /// <summary>
    /// The parameters that are wrong, each with the end of a sentence that says what is wrong. The sentence never contains the value.
    /// </summary>
    public static IEnumerable<(string Parameter, string Words)> Faults(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (part, _) in parameters.Keys.Index().Where(key => !All.Contains(key.Item)))
        {
            // The key itself is not named: it may be part of a secret with a comma in it.
            yield return ($"part {part + 1}", $"has a key that is not known: use {string.Join(", ", All)}");
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
