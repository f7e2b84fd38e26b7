using System.Globalization;
using System.Text.RegularExpressions;
using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Telegram;

/// <summary>Writes into a chat of Telegram as a bot. The bot's token is a part of the URL.</summary>
internal sealed partial class TelegramChannel(HttpNetwork network) : HttpChannel(network)
{
    private const int LongestText = 4096;

    public override ChannelDescription Description { get; } = new(
        "TELEGRAM",
        "Writes into a chat, a group or a channel of Telegram as a bot.",
        Address: null,
        [
            new("token", ParameterKind.Text, "TOKEN", "The token of the bot, from @BotFather.") { IsRequired = true, IsSecret = true },
            new("chat", ParameterKind.Text, "ID", "The chat: its number, which is negative for groups, or @NAME of a public channel.") { IsRequired = true },
            new("thread", ParameterKind.Number, "NUMBER", "The topic of a group that has topics.") { Default = "the general one" },
            new("api", ParameterKind.Url, "URL", "The server of the Bot API.") { Default = "https://api.telegram.org" },
        ]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
    {
        var (outcome, fields) = (base.Judge(request, answer), AnswerFields.Of(answer));
        if (fields.Number("parameters", "migrate_to_chat_id") is { } moved)
        {
            // The message waits until the chat is put right.
            return HttpVerdict.Later(request, answer) with { Hint = $"The group has become a supergroup: give chat={moved.ToString("0", CultureInfo.InvariantCulture)}." };
        }

        return outcome.Result switch
        {
            SendResult.Delivered when fields.IsFalse("ok") => HttpVerdict.Refused(request, answer),
            SendResult.Retry when fields.Time(TimeSpan.FromSeconds(1), "parameters", "retry_after") is { } after => outcome with { After = after, ServerFault = true },
            SendResult.Refused => outcome with { Hint = Hint(answer.Status) ?? outcome.Hint },
            _ => outcome,
        };
    }

    protected override IEnumerable<string> Faults(ParameterValues values)
    {
        if (values.Text("token") is { } token && !Token().IsMatch(token))
        {
            yield return "must have the token as @BotFather gives it (a number, a colon, letters) as token";
        }

        if (values.Text("chat") is { } chat && !Chat().IsMatch(chat))
        {
            yield return "must have a number such as -1001234567890, or @NAME, as chat";
        }
    }

    protected override HttpCall Call(ParameterValues values, Telling telling) => HttpCall.Json(
        UrlParameter.Below(UrlParameter.Of(values, "api", "https://api.telegram.org"), $"bot{values.Text("token")}/sendMessage"),
        new
        {
            chat_id = values.Text("chat"),
            message_thread_id = values.Number("thread"),
            text = ChatText.WriteWithTitle(ChatMessage.Of(telling), ChatMarkup.Html, LongestText),
            parse_mode = "HTML",
            link_preview_options = new { is_disabled = true },
        });

    private static string? Hint(int status) => status switch
    {
        400 => "Check chat: the bot must be a member of it.",
        401 or 404 => "Check token: @BotFather tells it.",
        403 => "The bot is blocked or was put out of the chat: add it again.",
        _ => null,
    };

    [GeneratedRegex("^[0-9]{1,20}:[A-Za-z0-9_-]{10,100}$")]
    private static partial Regex Token();

    [GeneratedRegex("^(-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64})$")]
    private static partial Regex Chat();
}
