using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Skypunch.Bench.MailSink;

/// <summary>One SMTP connection (RFC 5321), with only the commands needed to accept every mail.</summary>
internal sealed partial class SmtpSession(Socket socket, MailLog log, TimeProvider clock)
{
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
            var target = await ReadMessageAsync(reader);
            log.Add(new AcceptedMail(target, clock.GetUtcNow()));
        }

        var quits = command.StartsWith("QUIT", StringComparison.Ordinal);
        await writer.WriteLineAsync(quits ? "221 bye" : "250 ok");
        return !quits;
    }

    private static async Task<int> ReadMessageAsync(StreamReader reader)
    {
        var target = 0;
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            if (target == 0 && line.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase) && TargetName().Match(line) is { Success: true } name)
            {
                target = int.Parse(name.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            }
        }

        return target;
    }

    [GeneratedRegex(@"bench-(\d+)")]
    private static partial Regex TargetName();
}
