using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.OAuth2;

/// <summary>
/// Which client asks which token server for what, as the parameters of OAUTH2 say it. Not a record: its text would show the secret.
/// </summary>
internal sealed class OAuth2Identity
{
    private readonly IReadOnlyDictionary<string, string> _parameters;

    private OAuth2Identity(IReadOnlyDictionary<string, string> parameters)
    {
        _parameters = parameters;
        TokenUrl = new Uri(parameters[OAuth2Parameters.TokenUrl]);
        Key = KeyOf();
    }

    /// <summary>The URL that gives tokens.</summary>
    public Uri TokenUrl { get; }

    /// <summary>A hash of all parameters, which is the same for targets that can share a token.</summary>
    public string Key { get; }

    public string ClientId => _parameters[OAuth2Parameters.ClientId];

    public string Secret => _parameters[OAuth2Parameters.ClientSecret];

    public string? Scope => Get(OAuth2Parameters.Scope);

    public string? Audience => Get(OAuth2Parameters.Audience);

    /// <summary>Whether the secret goes into the body, and not into a header.</summary>
    public bool SecretInBody => Get(OAuth2Parameters.ClientAuth) == "post";

    /// <summary>Whether the token server's certificate is verified.</summary>
    public bool Verify => Get(OAuth2Parameters.Verify) is not { } verify || bool.Parse(verify);

    /// <summary>The authorities that are trusted for the token server in place of the system's, as PEM; null: the system's.</summary>
    public string? CaCert => Get(OAuth2Parameters.CaCert);

    /// <summary>Reads parameters that are known to be complete (<see cref="AuthnParameters.Missing"/>).</summary>
    public static bool TryRead(
        IReadOnlyDictionary<string, string> parameters,
        [NotNullWhen(true)] out OAuth2Identity? identity,
        [NotNullWhen(false)] out ProbeFailure? failure)
    {
        var faults = OAuth2Parameters.Faults(parameters).Select(fault => $"{fault.Parameter} {fault.Words}").ToArray();
        identity = faults.Length == 0 ? new OAuth2Identity(parameters) : null;
        failure = faults.Length == 0
            ? null
            : new ProbeFailure(ProbeReasons.AuthParamsInvalid, $"authentication OAUTH2: {string.Join("; ", faults)}", OAuth2Advice.CorrectParameters);
        return identity is not null;
    }

    private string? Get(string name) => _parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    // The lengths keep different parts apart that would give the same text together.
    private string KeyOf()
    {
        var text = string.Concat(OAuth2Parameters.All.Select(Get).Select(part => $"{part?.Length ?? -1}:{part}"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
