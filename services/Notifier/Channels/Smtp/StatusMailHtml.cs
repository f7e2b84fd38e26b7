using System.Net;
using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// A status mail as HTML. The styles are inline, since many mail programs ignore style sheets, and nothing is loaded from elsewhere. Every
/// value is encoded.
/// </summary>
internal static class StatusMailHtml
{
    private const string Page = "margin:0;padding:24px;background:#f4f5f7;font-family:Helvetica,Arial,sans-serif;font-size:14px;color:#1f2933";
    private const string Card = "max-width:760px;margin:0 auto;background:#ffffff;border:1px solid #d9dee3;border-radius:6px;padding:24px";
    private const string Badge = "display:inline-block;padding:4px 12px;border-radius:4px;color:#ffffff;font-weight:bold;background:";
    private const string Red = "#b3261e";
    private const string Green = "#1b7f3b";
    private const string AdviceBlock = "font-size:14px;line-height:1.5;margin:0;padding:8px 12px;border-left:4px solid #d9a400;background:#fff8e1";
    private const string DescriptionBlock = "font-size:14px;line-height:1.5;margin:8px 0 0;color:#66727f";
    private const string Title = "font-size:16px;margin:24px 0 8px";
    private const string Table = "border-collapse:collapse;width:100%";
    private const string LabelCell = "padding:6px 12px;border:1px solid #d9dee3;background:#f4f5f7;text-align:left;font-weight:normal;white-space:nowrap";
    private const string ValueCell = "padding:6px 12px;border:1px solid #d9dee3;word-break:break-word";
    private const string TraceBlock = "font-family:Consolas,Menlo,monospace;font-size:12px;line-height:1.5;background:#f4f5f7;padding:12px;white-space:pre-wrap";
    private const string FooterLine = "margin:24px 0 0;font-size:12px;color:#66727f";

    public static string Write(StatusMailContent content)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Skypunch</title></head>\n");
        html.Append($"<body style=\"{Page}\">\n<div style=\"{Card}\">\n");
        html.Append($"<div style=\"{Badge}{(content.IsFailure ? Red : Green)}\">{Encode(content.Status)}</div>\n");
        html.Append($"<p style=\"font-size:16px;line-height:1.5\">{Encode(content.Summary)}</p>\n");
        if (content.Advice.Length > 0)
        {
            html.Append($"<p style=\"{AdviceBlock}\"><b>Advice:</b> {Encode(content.Advice)}</p>\n");
        }

        if (content.Description.Count > 0)
        {
            html.Append($"<p style=\"{DescriptionBlock}\">").AppendJoin("<br>\n", content.Description.Select(Encode)).Append("</p>\n");
        }

        AppendTable(html, "Status", content.StatusTable);
        AppendTable(html, "Statistics", content.Statistics);
        if (content.Trace.Count > 0)
        {
            html.Append($"<h2 style=\"{Title}\">Trace</h2>\n<pre style=\"{TraceBlock}\">");
            html.AppendJoin('\n', content.Trace.Select(Encode)).Append("</pre>\n");
        }

        html.Append($"<p style=\"{FooterLine}\">{Encode(StatusMailContent.Footer)}</p>\n</div>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void AppendTable(StringBuilder html, string title, IReadOnlyList<(string Label, string Value)> rows)
    {
        html.Append($"<h2 style=\"{Title}\">{Encode(title)}</h2>\n<table style=\"{Table}\">\n");
        foreach (var (label, value) in rows)
        {
            html.Append($"<tr><th style=\"{LabelCell}\">{Encode(label)}</th><td style=\"{ValueCell}\">{Encode(value)}</td></tr>\n");
        }

        html.Append("</table>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(OneLine.Of(text));
}
