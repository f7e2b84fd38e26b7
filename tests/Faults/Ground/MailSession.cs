using System.Text;

namespace Skypunch.Faults.Ground;

/// <summary>One SMTP connection (RFC 5321), with only the commands that the tests need.</summary>
internal sealed class MailSession(Stream stream, Func<MailScript> script, Action<AcceptedMail> accept) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly StreamReader _reader = new(stream, Encoding.Latin1);
    private readonly StreamWriter _writer = new(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
    private readonly List<string> _recipients = [];

    public async Task RunAsync()
    {
        await _writer.WriteLineAsync("220 faults");
        while (await _reader.ReadLineAsync() is { } command)
        {
            var verb = command.Split(' ', ':')[0].ToUpperInvariant();
            await ObeyAsync(verb, command);
            if (verb == "QUIT")
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    private async Task ObeyAsync(string verb, string command)
    {
        switch (verb)
        {
            case "MAIL" or "RSET":
                _recipients.Clear();
                await _writer.WriteLineAsync("250 ok");
                break;
            case "RCPT":
                await _writer.WriteLineAsync(Recipient(command[(command.IndexOf('<', StringComparison.Ordinal) + 1)..command.IndexOf('>', StringComparison.Ordinal)]));
                break;
            case "DATA" when _recipients.Count == 0:
                await _writer.WriteLineAsync("554 no recipients");
                break;
            case "DATA":
                await _writer.WriteLineAsync("354 go on");
                await TakeAsync();
                break;
            case "QUIT":
                await _writer.WriteLineAsync("221 bye");
                break;
            default:
                await _writer.WriteLineAsync("250 ok");
                break;
        }
    }

    private string Recipient(string address)
    {
        if (script().Answers.TryGetValue(address, out var answer))
        {
            return answer == 550 ? "550 5.1.1 no such mailbox" : $"{answer} 4.3.0 not now";
        }

        _recipients.Add(address);
        return "250 ok";
    }

    private async Task TakeAsync()
    {
        var mail = await ReadMessageAsync();
        if (script().HangsAfterData)
        {
            await HangAsync();
        }

        foreach (var recipient in _recipients)
        {
            var accepted = new AcceptedMail(recipient, mail.Id, mail.Subject, mail.Told);
            accept(accepted);
            script().Before250Of?.Invoke(accepted);
        }

        await Task.Delay(script().Before250, TimeProvider.System, CancellationToken.None);
        await _writer.WriteLineAsync("250 ok");
        script().After250?.Invoke();
    }

    private async Task HangAsync()
    {
        while (script().HangsAfterData)
        {
            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }

        throw new IOException("The server works again; it has dropped the message that it had not accepted.");
    }

    private async Task<MailReader> ReadMessageAsync()
    {
        var mail = new MailReader();
        while (await _reader.ReadLineAsync() is { } line)
        {
            if (line == ".")
            {
                return mail;
            }

            mail.Read(line);
        }

        throw new IOException("The client closed the connection before the end of its message.");
    }
}
