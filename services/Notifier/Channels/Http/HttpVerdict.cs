using Microsoft.AspNetCore.WebUtilities;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>
/// What an HTTP answer means for a message. With 2xx the message is sent. With "later" (408, 425, 429), a fault of the server (5xx) or no
/// answer at all, it is tried again, no sooner than the server's Retry-After says. With all other answers it is given up. Redirects are not
/// followed: a message goes to its URL and nowhere else. Pure.
/// </summary>
internal static class HttpVerdict
{
    private static readonly int[] Later = [408, 425, 429];

    // These concern every message. 500 and the rarer statuses of 5xx may concern this message alone.
    private static readonly int[] OfTheServer = [408, 425, 429, 502, 503, 504];

    public static SendOutcome Of(HttpCall call, HttpAnswer answer)
    {
        if (answer.Fault is { } fault)
        {
            return new SendOutcome(SendResult.Retry, fault) { Hint = answer.Hint, ServerFault = true };
        }

        var said = $"{call.Origin} answered {answer.Status}{Name(answer.Status)}{(ShortLine.Of(answer.Body) is { Length: > 0 } body ? $": {body}" : "")}";
        if (answer.Status is >= 200 and < 300)
        {
            return SendOutcome.Delivered with { Receipt = $"{call.Origin} has accepted the message with {answer.Status}{Name(answer.Status)}" };
        }

        return Later.Contains(answer.Status) || answer.Status >= 500
            ? new SendOutcome(SendResult.Retry, said)
            {
                ServerFault = OfTheServer.Contains(answer.Status),
                After = RetryAfter.Read(answer.RetryAfter, answer.At),
                Hint = answer.Status == 429 ? "The receiver takes fewer messages." : "The receiver has a fault: see its own log.",
            }
            : new SendOutcome(SendResult.Refused, said) { Hint = Hint(answer.Status) };
    }

    private static string? Hint(int status) => status switch
    {
        >= 300 and < 400 => "Redirects are not followed: give the URL that this one leads to.",
        401 or 403 => "Check the URL and the headers: they say who may send.",
        404 or 410 => "Check the URL: there is nothing at it.",
        _ => null,
    };

    private static string Name(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } name ? $" {name}" : "";
}
