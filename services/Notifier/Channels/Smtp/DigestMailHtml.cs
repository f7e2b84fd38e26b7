using System.Net;
using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>A digest's mail as HTML, in the style of a status mail. Every value is encoded.</summary>
internal static class DigestMailHtml
{
    public static string Write(DigestMailContent content)
    {
        var html = new StringBuilder();
        html.Append(MailStyle.Begin);
        html.Append($"<div style=\"{MailStyle.Badge}{(content.IsFailure ? MailStyle.Red : MailStyle.Green)}\">{(content.IsFailure ? "FAIL" : "PASS")}</div>\n");
        html.Append($"<p style=\"{MailStyle.Sentence}\">{Encode(content.Sentence)}</p>\n");
        if (content.Summary.Reasons.Count > 0)
        {
            html.Append($"<h2 style=\"{MailStyle.Title}\">Failed by reason</h2>\n<table style=\"{MailStyle.Table}\">\n");
            foreach (var (reason, count) in content.Summary.Reasons)
            {
                html.Append($"<tr><th style=\"{MailStyle.LabelCell}\">{Encode(reason)}</th><td style=\"{MailStyle.ValueCell}\">{DigestMailContent.Number(count)}</td></tr>\n");
            }

            html.Append("</table>\n");
        }

        AppendList(html, "Failed", content.Failed, content.Summary.Failed.Count, withReason: true);
        AppendList(html, "Pass again", content.Recovered, content.Summary.Recovered.Count, withReason: false);
        html.Append($"<h2 style=\"{MailStyle.Title}\">Where to look</h2>\n");
        if (content.HasTable)
        {
            html.Append($"<p>{DigestMailContent.TableName}, which is attached, has all {DigestMailContent.Number(content.Count)} changes.</p>\n");
        }

        foreach (var (command, does) in content.Commands)
        {
            html.Append($"<p><code>{Encode(command)}</code> {Encode(does)}</p>\n");
        }

        return html.Append(MailStyle.End).ToString();
    }

    private static void AppendList(StringBuilder html, string word, IReadOnlyList<DigestRow> rows, int all, bool withReason)
    {
        if (rows.Count == 0)
        {
            return;
        }

        html.Append($"<h2 style=\"{MailStyle.Title}\">{DigestMailContent.Title(word, rows.Count, all)}</h2>\n<table style=\"{MailStyle.Table}\">\n");
        foreach (var row in rows)
        {
            var reason = withReason ? $"<br>\n{Encode(row.Reason)}: {Encode(row.Description)}" : "";
            html.Append($"<tr><th style=\"{MailStyle.LabelCell}\">{Encode(row.When)}</th>");
            html.Append($"<td style=\"{MailStyle.ValueCell}\"><b>{Encode(row.Name)}</b><br>\n{Encode(row.Url)}{reason}</td></tr>\n");
        }

        html.Append("</table>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(OneLine.Of(text));
}
