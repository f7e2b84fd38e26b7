using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Gotify;

/// <summary>Sends to a Gotify server. The token goes in a header, where no log of a server has it.</summary>
internal sealed class GotifyChannel(HttpNetwork network) : HttpChannel(network)
{
    private const int LongestMessage = 8000;
    private const int DefaultPriority = 8;
    private const int QuietPriority = 4;

    public override ChannelDescription Description { get; } = new(
        "GOTIFY",
        "Sends to a Gotify server, and by it to browsers and phones.",
        Address: null,
        [
            new("server", ParameterKind.Url, "URL", "The server.") { IsRequired = true },
            new("token", ParameterKind.Text, "TOKEN", "The token of an application.") { IsRequired = true, IsSecret = true },
            new("priority", ParameterKind.Number, "NUMBER", "The priority of failures, from 1 to 10. From 8 on a phone makes a sound and shows it at once.") { Most = 10, Default = $"{DefaultPriority}" },
        ]);

    protected override IEnumerable<string> Faults(ParameterValues values)
        => values.Text("token") is { } token && token.Any(c => !char.IsAscii(c) || char.IsControl(c)) ? ["must have a token of ASCII characters"] : [];

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var message = ChatMessage.Of(telling);
        return HttpCall.Json(
            UrlParameter.Below(UrlParameter.Of(values, "server"), "message"),
            new
            {
                title = message.SignedTitle,
                message = ChatText.Write(message.Lines, ChatMarkup.Plain, LongestMessage),
                priority = message.Tone is ChatTone.Failure ? values.Number("priority") ?? DefaultPriority : QuietPriority,
            },
            new KeyValuePair<string, string>("X-Gotify-Key", values.Text("token")!));
    }
}
