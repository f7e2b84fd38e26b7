using System.Text.RegularExpressions;

namespace Skypunch.Faults.Ground;

/// <summary>A change that a mail tells of.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Status">FAIL or PASS.</param>
internal sealed record ToldChange(string Target, string Status);

/// <summary>
/// Reads a mail line by line: its id, its subject, and the changes that it tells of. A mail about one target has it in its subject. A digest
/// has all in the attached table, or where there is none, in its text.
/// </summary>
internal sealed partial class MailReader
{
    private readonly List<ToldChange> _inText = [];
    private readonly List<ToldChange> _inTable = [];
    private bool _isDigest;
    private string? _list;

    public string Id { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>The changes, in the order of the mail.</summary>
    public IReadOnlyList<ToldChange> Told
        => !_isDigest ? [new ToldChange(Subject.Split(' ')[^1], Subject.Contains(" FAILURE ", StringComparison.Ordinal) ? "FAIL" : "PASS")]
            : _inTable.Count > 0 ? _inTable : _inText;

    public void Read(string line)
    {
        Id = Id.Length == 0 && line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase) ? line[11..].Trim() : Id;
        Subject = Subject.Length == 0 && line.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase) ? line[8..].Trim() : Subject;
        _isDigest |= line.StartsWith("X-Skypunch-Changes:", StringComparison.OrdinalIgnoreCase);
        _list = line.StartsWith("Failed, ", StringComparison.Ordinal) ? "FAIL" : line.StartsWith("Pass again, ", StringComparison.Ordinal) ? "PASS" : _list;
        if (_list is { } status && RowOfText().Match(line) is { Success: true } row)
        {
            _inText.Add(new ToldChange(row.Groups["name"].Value, status));
        }
        else if (RowOfTable().Match(line) is { Success: true } cells)
        {
            _inTable.Add(new ToldChange(cells.Groups["name"].Value, cells.Groups["to"].Value));
        }
    }

    [GeneratedRegex(@"^  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  (?<name>\S+)$")]
    private static partial Regex RowOfText();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT[\d:.]+Z,\w+,(?<to>PASS|FAIL),\d+,(?<name>[^,]+),")]
    private static partial Regex RowOfTable();
}
