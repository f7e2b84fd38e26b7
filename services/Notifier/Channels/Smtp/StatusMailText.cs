using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>A status mail as plain text.</summary>
internal static class StatusMailText
{
    private const int LabelWidth = 20;

    public static string Write(StatusMailContent content)
    {
        var text = new StringBuilder();
        text.Append(OneLine.Of(content.Summary)).Append('\n');
        if (content.Advice.Length > 0)
        {
            text.Append("Advice: ").Append(OneLine.Of(content.Advice)).Append('\n');
        }

        if (content.Description.Count > 0)
        {
            text.Append("Description: ").AppendJoin("\n  ", content.Description.Select(OneLine.Of)).Append('\n');
        }

        text.Append('\n');
        AppendTable(text, "Status", content.StatusTable);
        AppendTable(text, "Statistics", content.Statistics);
        if (content.Trace.Count > 0)
        {
            text.Append("Trace\n");
            foreach (var line in content.Trace)
            {
                text.Append("  ").Append(OneLine.Of(line)).Append('\n');
            }

            text.Append('\n');
        }

        return text.Append(StatusMailContent.Footer).Append('\n').ToString();
    }

    private static void AppendTable(StringBuilder text, string title, IReadOnlyList<(string Label, string Value)> rows)
    {
        text.Append(title).Append('\n');
        foreach (var (label, value) in rows)
        {
            text.Append("  ").Append(label.PadRight(LabelWidth)).Append(OneLine.Of(value)).Append('\n');
        }

        text.Append('\n');
    }
}
