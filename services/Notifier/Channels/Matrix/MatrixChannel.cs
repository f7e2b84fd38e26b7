using System.Text;
using System.Text.RegularExpressions;
using Skypunch.Notifier.Channels.Chat;
using Skypunch.Notifier.Channels.Http;

namespace Skypunch.Notifier.Channels.Matrix;

/// <summary>
/// Writes into a room of Matrix. The id of the message is that of the transaction, by which the server recognises a message that comes
/// twice: a room has it once.
/// </summary>
internal sealed partial class MatrixChannel(HttpNetwork network) : HttpChannel(network)
{
    private const int LongestText = 12_000; // in bytes, each of plain text and HTML; an event has at most 65,536

    public override ChannelDescription Description { get; } = new(
        "MATRIX",
        "Writes into a room of Matrix.",
        Address: null,
        [
            new("server", ParameterKind.Url, "URL", "The homeserver's client API, such as https://matrix.example.org.") { IsRequired = true },
            new("room", ParameterKind.Text, "ID", "The id of the room: !abc:example.org. An alias (#ops:example.org) is none.") { IsRequired = true },
            new("token", ParameterKind.Text, "TOKEN", "The access token of a user who is in the room.") { IsRequired = true, IsSecret = true },
        ]);

    public override SendOutcome Judge(HttpCall request, HttpAnswer answer)
    {
        var (outcome, fields) = (base.Judge(request, answer), AnswerFields.Of(answer));
        return answer.Status switch
        {
            429 => outcome with { After = outcome.After ?? fields.Time(TimeSpan.FromMilliseconds(1), "retry_after_ms") },
            403 => outcome with { Hint = "The user must be in the room, and the room must not be encrypted for members only." },
            _ => outcome,
        };
    }

    protected override IEnumerable<string> Faults(ParameterValues values)
    {
        if (values.Text("room") is { } room && !Room().IsMatch(room))
        {
            yield return "must have the id of a room as room, which begins with '!'";
        }

        if (values.Text("token") is { } token && token.Any(c => !char.IsAscii(c) || char.IsControl(c)))
        {
            yield return "must have a token of ASCII characters";
        }
    }

    protected override HttpCall Call(ParameterValues values, Telling telling)
    {
        var message = ChatMessage.Of(telling);
        return HttpCall.Json(
            UrlParameter.Below(UrlParameter.Of(values, "server"), $"_matrix/client/v3/rooms/{Uri.EscapeDataString(values.Text("room")!)}/send/m.room.message/{Uri.EscapeDataString(telling.Id)}"),
            new
            {
                msgtype = "m.text",
                body = ChatText.WriteWithTitle(message, ChatMarkup.Plain, LongestText, measure: Bytes),
                format = "org.matrix.custom.html",
                formatted_body = ChatText.WriteWithTitle(message, ChatMarkup.Html, LongestText, "<br>", Bytes),
            },
            HttpCall.Authorization("Bearer", values.Text("token")!)) with
        { Method = HttpMethod.Put };
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(HttpCall.JsonText(text));

    [GeneratedRegex("^![!-~]{1,250}$")]
    private static partial Regex Room();
}
