namespace Skypunch.Notifier.Channels.Chat;

/// <summary>The colour of a message, for receivers that show one. Pure.</summary>
internal static class ChatColor
{
    /// <summary>The colour as red, green and blue in one number.</summary>
    public static int Of(ChatTone tone) => tone switch
    {
        ChatTone.Failure => 0xC62828,
        ChatTone.Recovery => 0x2E7D32,
        ChatTone.Notice => 0xF9A825,
        _ => 0x1565C0,
    };

    /// <summary>The colour as web pages write it: <c>#C62828</c>.</summary>
    public static string Web(ChatTone tone) => $"#{Of(tone):X6}";
}
