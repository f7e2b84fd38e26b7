using Skypunch.Notifier.Channels.Chat;

namespace Skypunch.Notifier.Channels.Slack;

/// <summary>The JSON of an incoming webhook. It has an attachment, since Mattermost and Rocket.Chat do not know Slack's blocks. Pure.</summary>
internal static class SlackBody
{
    // Slack cuts what is longer, and Mattermost refuses more than 16,383 characters in all.
    private const int LongestText = 3000;

    public static object Of(ChatMessage message, string id, string? channel, string? username) => new
    {
        channel,
        username,
        text = $"{message.Sign} *{ChatMarkup.Slack.Escape(message.Title)}*",
        attachments = new[]
        {
            new
            {
                fallback = ChatMarkup.Slack.Escape(message.Title),
                color = ChatColor.Web(message.Tone),
                text = ChatText.Write(message.Lines, ChatMarkup.Slack, LongestText),
                mrkdwn_in = new[] { "text" },
                footer = $"Skypunch {id}",
                ts = message.At.ToUnixTimeSeconds(),
            },
        },
    };
}
