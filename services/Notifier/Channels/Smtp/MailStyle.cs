namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>The look of a mail in HTML: styles for its elements, and what stands around its content.</summary>
internal static class MailStyle
{
    private const string Page = "margin:0;padding:24px;background:#f4f5f7;font-family:Helvetica,Arial,sans-serif;font-size:14px;color:#1f2933";
    private const string Card = "max-width:760px;margin:0 auto;background:#ffffff;border:1px solid #d9dee3;border-radius:6px;padding:24px";
    private const string FooterLine = "margin:24px 0 0;font-size:12px;color:#66727f";

    /// <summary>The beginning of every mail.</summary>
    public const string Begin = $"<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Skypunch</title></head>\n<body style=\"{Page}\">\n<div style=\"{Card}\">\n";

    /// <summary>The end of every mail.</summary>
    public const string End = $"<p style=\"{FooterLine}\">{StatusMailContent.Footer}</p>\n</div>\n</body>\n</html>\n";

    public const string Sentence = "font-size:16px;line-height:1.5";
    public const string Badge = "display:inline-block;padding:4px 12px;border-radius:4px;color:#ffffff;font-weight:bold;background:";
    public const string Red = "#b3261e";
    public const string Green = "#1b7f3b";
    public const string AdviceBlock = "font-size:14px;line-height:1.5;margin:0;padding:8px 12px;border-left:4px solid #d9a400;background:#fff8e1";
    public const string DescriptionBlock = "font-size:14px;line-height:1.5;margin:8px 0 0;color:#66727f";
    public const string Title = "font-size:16px;margin:24px 0 8px";
    public const string Table = "border-collapse:collapse;width:100%";
    public const string LabelCell = "padding:6px 12px;border:1px solid #d9dee3;background:#f4f5f7;text-align:left;font-weight:normal;white-space:nowrap";
    public const string ValueCell = "padding:6px 12px;border:1px solid #d9dee3;word-break:break-word";
    public const string TraceBlock = "font-family:Consolas,Menlo,monospace;font-size:12px;line-height:1.5;background:#f4f5f7;padding:12px;white-space:pre-wrap";
}
