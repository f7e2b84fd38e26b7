using Skypunch.Notifier.Channels.Alerts;
using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.GoogleChat;

/// <summary>Writes into a space of Google Chat by its webhook. A target's messages are one thread.</summary>
internal sealed class GoogleChatChannel(HttpNetwork network) : HttpChannel(network)
{
    private const int LongestText = 4000; // Google takes 4,096

    // Google Chat takes about one message a second, and does not say when it takes more.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public override ChannelDescription Description { get; } = new(
        "GCHAT",
        "Writes into a space of Google Chat by a webhook.",
        Address: null,
        [new("url", ParameterKind.Url, "URL", "The URL of the space's webhook, which begins with https://chat.googleapis.com/v1/spaces/.") { IsRequired = true, IsSecret = true }]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
        => base.Judge(request, answer) is var outcome && answer.Status == 429 ? outcome with { After = outcome.After ?? Pause } : outcome;

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var url = UrlParameter.Of(values, "url");
        const string Query = "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";
        return HttpCall.Json(new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{Query}" : Query }.Uri, new
        {
            text = ChatText.WriteWithTitle(ChatMessage.Of(telling), ChatMarkup.GoogleChat, LongestText),
            thread = new { threadKey = AlertKey.Of(values, telling) },
        });
    }
}
