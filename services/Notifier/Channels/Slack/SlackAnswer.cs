using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Slack;

/// <summary>What receivers of the kind of Slack say beside the status. Pure.</summary>
internal static class SlackAnswer
{
    private static readonly string[] OnlyNow = ["ratelimited", "rate_limited", "message_limit_exceeded", "service_unavailable", "fatal_error", "internal_error", "request_timeout"];

    /// <summary>The refusal in an answer whose status is good: <c>{"ok": false}</c> of Slack, <c>{"success": false}</c> of Rocket.Chat. Null: there is none.</summary>
    public static SendOutcome? Refusal(HttpCall call, HttpAnswer answer)
    {
        var fields = AnswerFields.Of(answer);
        if (!fields.IsFalse("ok") && !fields.IsFalse("success"))
        {
            return null;
        }

        return OnlyNow.Contains(fields.Text("error")) ? HttpVerdict.Later(call, answer) : HttpVerdict.Refused(call, answer, Hint(answer));
    }

    /// <summary>What an operator can do; null: nothing beyond what the status says.</summary>
    public static string? Hint(HttpAnswer answer) => answer.Body.Trim() switch
    {
        "no_service" or "no_team" or "invalid_token" => "The webhook is gone: make a new one, and give its URL.",
        "channel_not_found" or "channel_is_archived" => "The channel is gone: give the webhook of another one.",
        "action_prohibited" => "An administrator does not let the webhook write.",
        _ => null,
    };
}
