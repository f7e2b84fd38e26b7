using MailKit;

namespace Skypunch.Notifier.Mail;

/// <summary>
/// Sees what goes over a connection. It ends an answer that is longer than any should be, and tells when a message goes out: its acceptance may take a server ten
/// minutes (RFC 5321, section 4.5.3.2.6). Keeps nothing of what it sees.
/// </summary>
internal sealed class SmtpWatch : IProtocolLogger
{
    /// <summary>The most bytes between two commands: a line has at most 512 (RFC 5321, section 4.5.3.1.5), and the longest answer, to EHLO, a few dozen lines.</summary>
    public const int LongestAnswer = 64 * 1024;

    private int _answered;
    private bool _dataAsked;

    /// <summary>The server is ready to take the message.</summary>
    public Action DataBegins { get; set; } = () => { };

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _answered = 0;
        _dataAsked = buffer.AsSpan(offset, count).SequenceEqual("DATA\r\n"u8);
    }

    /// <exception cref="EndlessAnswerException">The server goes on and on.</exception>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        _answered += count;
        if (_answered > LongestAnswer)
        {
            throw new EndlessAnswerException();
        }

        if (_dataAsked && count > 0 && buffer[offset] == '3')
        {
            _dataAsked = false;
            DataBegins();
        }
    }

    public void Dispose()
    {
    }
}

/// <summary>A server's answer does not end.</summary>
internal sealed class EndlessAnswerException() : IOException($"the server's answer is longer than {SmtpWatch.LongestAnswer / 1024} kB");
