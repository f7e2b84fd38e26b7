using System.Text;
using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Teams;

/// <summary>
/// The message with an adaptive card. Its texts are text runs, in which nothing is markup. Teams accepts a card that is too large, drops it
/// later and tells nobody, so the card is far smaller than the 28 KB that Teams takes. Pure.
/// </summary>
internal static class TeamsCard
{
    private const int Room = 14_000;
    private const int BytesPerLine = 200;

    public static object Of(ChatMessage message, string id)
    {
        var lines = ChatRoom.Fit(message.Lines, Room, BytesPerLine, text => Encoding.UTF8.GetByteCount(HttpCall.JsonText(text)));
        return new
        {
            type = "message",
            attachments = new[]
            {
                new
                {
                    contentType = "application/vnd.microsoft.card.adaptive",
                    content = new Dictionary<string, object>
                    {
                        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                        ["type"] = "AdaptiveCard",
                        ["version"] = "1.2",
                        ["msteams"] = new { width = "Full" },
                        ["fallbackText"] = message.SignedTitle,
                        ["body"] = (object[])
                        [
                            Block([Run(message.SignedTitle, size: "Large", weight: "Bolder", color: Color(message.Tone))]),
                            .. lines.Select(line => Block(
                                line.Label is { } label ? [Run($"{label}: ", weight: "Bolder"), Run(line.Text)] : [Run(line.Text)],
                                line.BeginsPart ? "Medium" : "None")),
                            Block([Run($"Skypunch {id}", size: "Small")]),
                        ],
                    },
                },
            },
        };
    }

    private static object Block(object[] inlines, string spacing = "Default") => new { type = "RichTextBlock", inlines, spacing };

    private static object Run(string text, string? size = null, string? weight = null, string? color = null) => new { type = "TextRun", text, size, weight, color };

    private static string Color(ChatTone tone) => tone switch
    {
        ChatTone.Failure => "Attention",
        ChatTone.Recovery => "Good",
        ChatTone.Notice => "Warning",
        _ => "Accent",
    };
}
