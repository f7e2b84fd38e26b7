using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Skypunch.Bench.MailSink;

/// <summary>One SMTP connection (RFC 5321), with only the commands needed to accept every mail.</summary>
internal sealed partial class SmtpSession(Socket socket, MailLog log, TimeProvider clock)
{
    private const string DigestHeader = "X-Skypunch-Changes:";

    public async Task RunAsync()
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        try
        {
            await writer.WriteLineAsync("220 bench");
            while (await reader.ReadLineAsync() is { } command)
            {
                if (!await ObeyAsync(command.ToUpperInvariant(), reader, writer))
                {
                    return;
                }
            }
        }
        catch (IOException)
        {
            // The client has closed the connection.
        }
    }

    // Returns false when the client quits.
    private async Task<bool> ObeyAsync(string command, StreamReader reader, StreamWriter writer)
    {
        if (command.StartsWith("DATA", StringComparison.Ordinal))
        {
            await writer.WriteLineAsync("354 go on");
            var targets = await ReadMessageAsync(reader);
            log.Add(targets, clock.GetUtcNow());
        }

        var quits = command.StartsWith("QUIT", StringComparison.Ordinal);
        await writer.WriteLineAsync(quits ? "221 bye" : "250 ok");
        return !quits;
    }

    // A mail about one target has its name in the subject. A digest has all names in its text or in its table.
    private static async Task<HashSet<int>> ReadMessageAsync(StreamReader reader)
    {
        var (targets, isDigest) = (new HashSet<int>(), false);
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            isDigest |= line.StartsWith(DigestHeader, StringComparison.OrdinalIgnoreCase);
            if ((isDigest || line.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase)) && TargetName().Match(line) is { Success: true } name)
            {
                targets.Add(int.Parse(name.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            }
        }

        return targets;
    }

    [GeneratedRegex(@"bench-(\d+)")]
    private static partial Regex TargetName();
}
