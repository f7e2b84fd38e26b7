using System.Security.Cryptography;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Authentication;

/// <summary>
/// HTTP Digest (RFC 7616) with MD5, SHA-256 and their session forms: the first request has no credentials, and the second one answers the
/// target's challenge. The quality of protection is <c>auth</c>, or none where the server follows the older RFC 2069.
/// </summary>
internal static class DigestAuthentication
{
    private const string Auth = "auth";

    /// <summary>
    /// The credentials, which have no headers for the first request and can answer a challenge; or what is wrong with the parameters.
    /// </summary>
    public static (Credentials? Credentials, ProbeFailure? Failure) Of(IReadOnlyDictionary<string, string> parameters, SecretMask mask)
    {
        var (user, password) = (parameters["user"], parameters["password"]);
        if (user.Contains(':') || user.Concat(password).Any(char.IsControl))
        {
            return (null, new ProbeFailure(
                ProbeReasons.AuthParamsInvalid,
                "authentication DIGEST needs a user without a colon, and neither user nor password may have control characters"));
        }

        mask.Add(password);
        return (new Credentials { AnswerTo = (challenges, method, url) => Answer(challenges, method, url, user, password, mask) }, null);
    }

    /// <summary>Whether a challenge can be answered.</summary>
    public static bool CanAnswer(DigestChallenge challenge)
        => HashOf(challenge) is not null && (challenge.Qualities.Count == 0 || challenge.Qualities.Contains(Auth, StringComparer.OrdinalIgnoreCase));

    /// <summary>The value of the header Authorization, and the hash of the password in it.</summary>
    /// <param name="challenge">A challenge that can be answered.</param>
    /// <param name="method">The method of the request.</param>
    /// <param name="target">The request's path and query.</param>
    /// <param name="user">The user.</param>
    /// <param name="password">The password.</param>
    /// <param name="clientNonce">A text that was never used before.</param>
    public static (string Value, string Response) ValueOf(DigestChallenge challenge, string method, string target, string user, string password, string clientNonce)
    {
        var hash = HashOf(challenge)!;
        var secret = hash($"{user}:{challenge.Realm}:{password}");
        var isSession = challenge.Algorithm.EndsWith("-sess", StringComparison.OrdinalIgnoreCase);
        if (isSession)
        {
            secret = hash($"{secret}:{challenge.Nonce}:{clientNonce}");
        }

        var isOld = challenge.Qualities.Count == 0;
        var request = hash($"{method}:{target}");
        var response = hash(isOld ? $"{secret}:{challenge.Nonce}:{request}" : $"{secret}:{challenge.Nonce}:00000001:{clientNonce}:{Auth}:{request}");
        var value = string.Concat(
            "Digest ",
            challenge.HashesUser ? $"username={Quoted(hash($"{user}:{challenge.Realm}"))}, userhash=true" : UserPart(user),
            $", realm={Quoted(challenge.Realm)}, nonce={Quoted(challenge.Nonce)}, uri={Quoted(target)}, algorithm={challenge.Algorithm}, response=\"{response}\"",
            challenge.Opaque is { } opaque ? $", opaque={Quoted(opaque)}" : "",
            (isOld, isSession) switch
            {
                (false, _) => $", qop={Auth}, nc=00000001, cnonce=\"{clientNonce}\"",
                (true, true) => $", cnonce=\"{clientNonce}\"",
                _ => "",
            });
        return (value, response);
    }

    private static Credentials? Answer(IReadOnlyList<DigestChallenge> challenges, string method, Uri url, string user, string password, SecretMask mask)
    {
        if (challenges.FirstOrDefault(CanAnswer) is not { } challenge)
        {
            return null;
        }

        var (value, response) = ValueOf(challenge, method, url.PathAndQuery, user, password, RandomNumberGenerator.GetHexString(32, lowercase: true));
        mask.Add(response); // whoever has the response can try passwords on it
        return value.All(c => c is >= ' ' and <= '~') ? new Credentials(("Authorization", value)) : null;
    }

    // A user with letters beyond ASCII is written in the extended notation (RFC 8187).
    private static string UserPart(string user) => user.All(char.IsAscii) ? $"username={Quoted(user)}" : $"username*=UTF-8''{Uri.EscapeDataString(user)}";

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static Func<string, string>? HashOf(DigestChallenge challenge) => challenge.Algorithm.ToUpperInvariant() switch
    {
        "MD5" or "MD5-SESS" => Md5,
        "SHA-256" or "SHA-256-SESS" => static text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        _ => null,
    };

#pragma warning disable CA5351 // most servers of this scheme ask for MD5, and the server chooses
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
