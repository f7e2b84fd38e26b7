using System.Text;
using Skypunch.Notifier.Channels.Chat;

namespace Skypunch.Notifier.Channels.Twilio;

/// <summary>
/// A text message: what happened, without what makes it longer. A message has 160 characters, or 70 where one of them is not in the phones'
/// alphabet (GSM 03.38), and is paid for by their number: letters of other alphabets are kept, signs that look like one of ASCII become it. Pure.
/// </summary>
internal static class TwilioText
{
    private const int Longest = 160;

    public static string Of(Telling telling)
    {
        var message = ChatMessage.Of(telling);
        var why = telling.Change is { Notice: null, To: not "PASS" } change ? $": {ClippedText.OfLine(change.Description, Longest)}" : "";
        var name = ClippedText.Fit(Simple(message.Title), why.Length > 0 ? 100 : 140, text => text.Length, "...");
        return ClippedText.Fit($"Skypunch: {name}{Simple(why)}", Longest, text => text.Length, "...");
    }

    private static string Simple(string text)
    {
        var simple = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            simple.Append(c switch { '…' => "...", '’' or '‘' or '`' => "'", '“' or '”' => "\"", '–' or '—' => "-", '\u00A0' => " ", _ => $"{c}" });
        }

        return simple.ToString();
    }
}
