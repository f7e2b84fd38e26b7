using System.Globalization;
using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Logins;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.OAuth2;

/// <summary>
/// Reads what a token server answered (RFC 6749, sections 5.1 and 5.2). Pure. The body may be anything: a part of another shape counts as
/// missing.
/// </summary>
internal static class OAuth2Answer
{
    // A longer message is left out: cut here, it could end within a secret, which the mask would not recognise.
    private const int LongestMessage = 4096;

    // "expires_in" is recommended only; a token that does not say when it ends is renewed after minutes.
    private static readonly TimeSpan LifeWhereNoneIsTold = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    /// <summary>The token, or why there is none.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="identity">Who asked.</param>
    /// <param name="now">When the answer came.</param>
    public static (LoginToken? Token, ProbeFailure? Failure) Read(LoginAnswer answer, OAuth2Identity identity, DateTimeOffset now)
    {
        var root = LenientJson.Parse(answer.Body);
        if (answer.Status is not (200 or 201))
        {
            return (null, Refusal(answer, identity, root));
        }

        var token = root.At("access_token").Text();
        var type = root.At("token_type").Text();
        if (string.IsNullOrEmpty(token) || !token.All(c => c is > ' ' and <= '~')) // the token becomes the value of a header
        {
            return Unusable($"{Server(answer)} answered {answer.Status} without a token");
        }

        return type is null || type.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? (new LoginToken(token, now, now + LifeOf(root)), null)
            : Unusable($"{Server(answer)} gave a token of the type {Words.Quote(type)}, and only Bearer is known");
    }

    /// <summary>How the trace shows the call.</summary>
    public static (StepOutcome Outcome, string Found) Told(LoginAnswer answer)
        => (answer.Status is 200 or 201 ? StepOutcome.Ok : StepOutcome.Fail,
            answer is { Status: >= 300 and < 400, Location: { } location } ? $"{answer.Status} to {SafeUrl.Of(location)}" : $"{answer.Status}");

    private static ProbeFailure Refusal(LoginAnswer answer, OAuth2Identity identity, JsonElement? root)
    {
        var error = root.At("error").Text();
        var said = string.Join(": ", new[] { error, root.At("error_description").Text() }.Where(text => text is { Length: > 0 and <= LongestMessage }));
        var why = said.Length > 0 ? $": {said}" : "";
        var refused = $"{Server(answer)} refused client {identity.ClientId} ({answer.Status}){why}";
        return (answer.Status, error) switch
        {
            (400, "invalid_scope" or "invalid_target" or "access_denied") => new(ProbeReasons.AuthForbidden, refused, OAuth2Advice.NoScope),
            (400 or 401 or 403, "unauthorized_client" or "unsupported_grant_type") => new(ProbeReasons.AuthForbidden, refused, OAuth2Advice.NoGrant),
            (400 or 401 or 403, "invalid_client" or "invalid_grant") or (401, _) => new(ProbeReasons.AuthRejected, refused, OAuth2Advice.OfRefusal(identity.ClientId)),
            (403, _) => new(ProbeReasons.AuthForbidden, refused, OAuth2Advice.NoScope),
            (400, _) => new(ProbeReasons.AuthRejected, $"{Server(answer)} does not understand the login (400){why}", OAuth2Advice.CorrectParameters),
            ( >= 300 and < 400, _) when answer.Location is { } location => new(
                ProbeReasons.AuthUnreachable,
                $"{Server(answer)} redirects the login ({answer.Status}) to {SafeUrl.Of(location)}, which gets no secret",
                OAuth2Advice.Moved),
            (404 or 405, _) => new(
                ProbeReasons.AuthUnreachable,
                $"there is no token server at {answer.Url.GetLeftPart(UriPartial.Path)} ({answer.Status})",
                OAuth2Advice.Words.NotServer),
            _ => new(ProbeReasons.AuthUnreachable, $"{Server(answer)} answered {answer.Status}{why}", OAuth2Advice.Words.Unwell),
        };
    }

    // Some servers write the number as a text.
    private static TimeSpan LifeOf(JsonElement? root)
    {
        var told = root.At("expires_in") switch
        {
            { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var seconds) => seconds,
            var text when double.TryParse(text.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) => seconds,
            _ => LifeWhereNoneIsTold.TotalSeconds,
        };
        return double.IsNaN(told) ? LifeWhereNoneIsTold : TimeSpan.FromSeconds(Math.Clamp(told, 0, LongestLife.TotalSeconds));
    }

    private static string Server(LoginAnswer answer) => $"Token server at {answer.Url.Authority}";

    private static (LoginToken?, ProbeFailure?) Unusable(string words) => (null, new ProbeFailure(ProbeReasons.AuthUnreachable, words, OAuth2Advice.Words.NotServer));
}
