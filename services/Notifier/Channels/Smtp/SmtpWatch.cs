using MailKit;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>
/// Watches what goes over a connection, and keeps nothing of it. It breaks off an answer that is too long, and reports when a message goes
/// out: a server may take ten minutes to accept a message (RFC 5321, section 4.5.3.2.6).
/// </summary>
internal sealed class SmtpWatch : IProtocolLogger
{
    /// <summary>
    /// The most bytes that a server may send between two commands: a line has at most 512 (RFC 5321, section 4.5.3.1.5), and the longest
    /// answer, to EHLO, a few dozen lines.
    /// </summary>
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

    /// <exception cref="EndlessAnswerException">The answer is too long.</exception>
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
