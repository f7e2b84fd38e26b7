using Microsoft.AspNetCore.WebUtilities;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>
/// What an HTTP answer means for a message. With 2xx the message is sent. With "later" (408, 425, 429), a fault of the server (5xx) or no
/// answer at all, it is tried again, no sooner than the server's Retry-After says. With all other answers it is given up. Redirects are not
/// followed: a message goes to its URL and nowhere else. Pure.
/// </summary>
internal static class HttpVerdict
{
    private static readonly int[] AskedLater = [408, 425, 429];

    // These concern every message. 500 and the rarer statuses of 5xx may concern this message alone.
    private static readonly int[] OfTheServer = [408, 425, 429, 502, 503, 504];

    public static SendOutcome Of(HttpCall call, HttpAnswer answer)
    {
        if (answer.Fault is { } fault)
        {
            return new SendOutcome(SendResult.Retry, fault) { Hint = answer.Hint, ServerFault = true };
        }

        if (answer.Status is >= 200 and < 300)
        {
            return SendOutcome.Delivered with { Receipt = $"{call.Origin} has accepted the message with {answer.Status}{Name(answer.Status)}" };
        }

        return AskedLater.Contains(answer.Status) || answer.Status >= 500
            ? new SendOutcome(SendResult.Retry, Said(call, answer))
            {
                ServerFault = OfTheServer.Contains(answer.Status),
                After = RetryAfter.Read(answer.RetryAfter, answer.At),
                Hint = answer.Status == 429 ? "The receiver takes fewer messages." : "The receiver has a fault: see its own log.",
            }
            : new SendOutcome(SendResult.Refused, Said(call, answer)) { Hint = Hint(answer.Status) };
    }

    /// <summary>The receiver takes no message now, whatever the status of its answer says.</summary>
    /// <param name="call">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="after">After how long the receiver wants to be asked again, where the answer's header does not say it.</param>
    public static SendOutcome Later(HttpCall call, HttpAnswer answer, TimeSpan? after = null) => new(SendResult.Retry, Said(call, answer))
    {
        ServerFault = true,
        After = RetryAfter.Read(answer.RetryAfter, answer.At) ?? after,
        Hint = "The receiver takes fewer messages.",
    };

    /// <summary>The receiver refuses the message, whatever the status of its answer says.</summary>
    public static SendOutcome Refused(HttpCall call, HttpAnswer answer, string? hint = null) => new(SendResult.Refused, Said(call, answer)) { Hint = hint };

    // What is masked is cut afterwards: half of a secret could not be found any more. A login is no secret of the notifier as it travels,
    // which is user and password in one.
    private static string Said(HttpCall call, HttpAnswer answer)
    {
        var logins = call.Headers.Where(header => header.Key is "Authorization").SelectMany(header => new[] { header.Value, header.Value[(header.Value.IndexOf(' ') + 1)..] });
        var body = logins.Where(MaskableSecret.Is).Aggregate(call.Secrets?.Mask(answer.Body) ?? answer.Body, (text, login) => text.Replace(login, "***", StringComparison.Ordinal));
        return $"{call.Origin} answered {answer.Status}{Name(answer.Status)}{(ShortLine.Of(body) is { Length: > 0 } said ? $": {said}" : "")}";
    }

    private static string? Hint(int status) => status switch
    {
        >= 300 and < 400 => "Redirects are not followed: give the URL that this one leads to.",
        401 or 403 => "Check the URL, and the key or the headers that say who sends.",
        404 or 410 => "Check the URL: there is nothing at it.",
        _ => null,
    };

    private static string Name(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } name ? $" {name}" : "";
}
