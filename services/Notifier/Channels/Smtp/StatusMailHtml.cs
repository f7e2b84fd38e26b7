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
    public static string Write(StatusMailContent content)
    {
        var html = new StringBuilder();
        html.Append(MailStyle.Begin);
        html.Append($"<div style=\"{MailStyle.Badge}{(content.IsFailure ? MailStyle.Red : MailStyle.Green)}\">{Encode(content.Status)}</div>\n");
        html.Append($"<p style=\"{MailStyle.Sentence}\">{Encode(content.Summary)}</p>\n");
        if (content.Advice.Length > 0)
        {
            html.Append($"<p style=\"{MailStyle.AdviceBlock}\"><b>Advice:</b> {Encode(content.Advice)}</p>\n");
        }

        if (content.Description.Count > 0)
        {
            html.Append($"<p style=\"{MailStyle.DescriptionBlock}\">").AppendJoin("<br>\n", content.Description.Select(Encode)).Append("</p>\n");
        }

        AppendTable(html, "Status", content.StatusTable);
        AppendTable(html, "Statistics", content.Statistics);
        if (content.Trace.Count > 0)
        {
            html.Append($"<h2 style=\"{MailStyle.Title}\">Trace</h2>\n<pre style=\"{MailStyle.TraceBlock}\">");
            html.AppendJoin('\n', content.Trace.Select(Encode)).Append("</pre>\n");
        }

        return html.Append(MailStyle.End).ToString();
    }

    private static void AppendTable(StringBuilder html, string title, IReadOnlyList<(string Label, string Value)> rows)
    {
        html.Append($"<h2 style=\"{MailStyle.Title}\">{Encode(title)}</h2>\n<table style=\"{MailStyle.Table}\">\n");
        foreach (var (label, value) in rows)
        {
            html.Append($"<tr><th style=\"{MailStyle.LabelCell}\">{Encode(label)}</th><td style=\"{MailStyle.ValueCell}\">{Encode(value)}</td></tr>\n");
        }

        html.Append("</table>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(OneLine.Of(text));
}
