using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Discord;

/// <summary>Writes into a channel of Discord by its webhook.</summary>
internal sealed class DiscordChannel(HttpNetwork network) : HttpChannel(network)
{
    private const int LongestDescription = 3500; // Discord takes 4,096, and 6,000 with all that is around it

    public override ChannelDescription Description { get; } = new(
        "DISCORD",
        "Writes into a channel of Discord by a webhook.",
        Address: null,
        [
            new("url", ParameterKind.Url, "URL", "The URL of the webhook, which begins with https://discord.com/api/webhooks/.") { IsRequired = true, IsSecret = true },
            new("thread", ParameterKind.Text, "ID", "The thread to write into, a number.") { Default = "the channel itself" },
            new("username", ParameterKind.Text, "NAME", "The name that the messages come from.") { Default = "that of the webhook" },
        ]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
    {
        var outcome = base.Judge(request, answer);
        return answer.Status switch
        {
            429 => outcome with { After = AnswerFields.Of(answer).Time(TimeSpan.FromSeconds(1), "retry_after") ?? outcome.After },
            404 => outcome with { Hint = "The webhook or the thread is gone: make a new webhook, and give its URL." },
            _ => outcome,
        };
    }

    protected override IEnumerable<string> Faults(ParameterValues values)
        => values.Text("thread") is { } thread && !thread.All(char.IsAsciiDigit) ? ["must have a number as thread"] : [];

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var message = ChatMessage.Of(telling);
        return HttpCall.Json(Asking(UrlParameter.Of(values, "url"), values.Text("thread")), new
        {
            username = values.Text("username"),
            allowed_mentions = new { parse = Array.Empty<string>() }, // nobody is called by a target's name
            embeds = new[]
            {
                new
                {
                    title = message.SignedTitle,
                    description = ChatText.Write(message.Lines, ChatMarkup.Discord, LongestDescription),
                    color = ChatColor.Of(message.Tone),
                    footer = new { text = $"Skypunch {telling.Id}" },
                    timestamp = message.At.UtcDateTime,
                },
            },
        });
    }

    // Without wait, Discord answers before it has stored the message.
    private static Uri Asking(Uri url, string? thread)
    {
        var query = $"wait=true{(thread is null ? "" : $"&thread_id={thread}")}";
        return new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{query}" : query }.Uri;
    }
}
