using System.Text;
using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>A digest's mail as plain text.</summary>
internal static class DigestMailText
{
    private const int LabelWidth = 24;

    public static string Write(DigestMailContent content)
    {
        var text = new StringBuilder();
        text.Append(content.Sentence).Append("\n\n");
        if (content.Summary.Reasons.Count > 0)
        {
            text.Append("Failed by reason\n");
            foreach (var (reason, count) in content.Summary.Reasons)
            {
                text.Append("  ").Append(OneLine.Of(reason).PadRight(LabelWidth)).Append(DigestMailContent.Number(count)).Append('\n');
            }

            text.Append('\n');
        }

        AppendList(text, "Failed", content.Failed, content.Summary.Failed.Count, withReason: true);
        AppendList(text, "Pass again", content.Recovered, content.Summary.Recovered.Count, withReason: false);
        text.Append("Where to look\n");
        if (content.HasTable)
        {
            text.Append($"  {DigestMailContent.TableName}, which is attached, has all {DigestMailContent.Number(content.Count)} changes.\n");
        }

        foreach (var (command, does) in content.Commands)
        {
            text.Append($"  {command}\n      {does}\n");
        }

        return text.Append('\n').Append(StatusMailContent.Footer).Append('\n').ToString();
    }

    private static void AppendList(StringBuilder text, string word, IReadOnlyList<DigestRow> rows, int all, bool withReason)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.Append(DigestMailContent.Title(word, rows.Count, all)).Append('\n');
        foreach (var row in rows)
        {
            text.Append($"  {row.When}  {OneLine.Of(row.Name)}\n      {OneLine.Of(row.Url)}\n");
            if (withReason)
            {
                text.Append($"      {OneLine.Of(row.Reason)}: {OneLine.Of(row.Description)}\n");
            }
        }

        text.Append('\n');
    }
}
