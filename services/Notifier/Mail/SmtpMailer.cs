using System.Security.Cryptography;
using MimeKit;
using Skypunch.Notifier.Deliveries;

namespace Skypunch.Notifier.Mail;

/// <summary>Hands in messages at a mail server, several over one connection. What the server does is a value, never an exception.</summary>
/// <param name="timeout">How long a message may take, connecting included, until the server has it.</param>
/// <param name="acceptTimeout">How long the server may take then to accept it.</param>
/// <param name="clock">The clock.</param>
internal sealed class SmtpMailer(TimeSpan timeout, TimeSpan acceptTimeout, TimeProvider clock) : IDisposable
{
    /// <summary>How long a server that has a message may take to accept it (RFC 5321, section 4.5.3.2.6): who gives up sooner sends it twice.</summary>
    public static readonly TimeSpan AcceptTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(5);

    private readonly MailServerConnector _connector = new(clock);
    private SmtpConnection? _connection;
    private Action _dataBegins = () => { };

    /// <summary>Hands in a message.</summary>
    /// <param name="settings">Where and as whom.</param>
    /// <param name="message">The message.</param>
    /// <param name="recipients">Whom it goes to: those in its header or some of them.</param>
    /// <param name="mayBegin">Asked when all is ready: whether the message may still be sent.</param>
    /// <param name="cancellationToken">Breaks off; whether the server has the message is not known then.</param>
    public async Task<SendOutcome> SendAsync(
        SmtpSettings settings,
        MimeMessage message,
        IReadOnlyList<MailboxAddress> recipients,
        Func<CancellationToken, Task<bool>> mayBegin,
        CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var (patience, dataSent) = (timeout, false);
        _dataBegins = () =>
        {
            (patience, dataSent) = (acceptTimeout, true);
            timer.CancelAfter(acceptTimeout);
        };
        try
        {
            var reused = _connection is { IsConnected: true } open && open.Settings == settings;
            var outcome = await TryAsync(settings, message, recipients, mayBegin, either.Token);

            // A server may hang up between two messages, or after so many; that says nothing of the next connection.
            return outcome.ServerFault && reused ? await TryAsync(settings, message, recipients, mayBegin, either.Token) : outcome;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome(SendResult.Retry, $"{settings.Server}:{settings.Port} did not answer within {patience.TotalSeconds:0.#} s")
            {
                Hint = !dataSent ? "Check server and port, and that the way there is open." : "The server had the message; it may have been delivered.",
                ServerFault = true,
            };
        }
        finally
        {
            _dataBegins = () => { };
        }
    }

    /// <summary>Takes leave of the server, whose answer matters to nobody.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsConnected: true })
        {
            using var timer = new CancellationTokenSource(LeaveTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            await _connection.DisconnectAsync(quit: true, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Drop();
    }

    public void Dispose() => Drop();

    private async Task<SendOutcome> TryAsync(
        SmtpSettings settings,
        MimeMessage message,
        IReadOnlyList<MailboxAddress> recipients,
        Func<CancellationToken, Task<bool>> mayBegin,
        CancellationToken cancellationToken)
    {
        if (_connection is null || !_connection.IsConnected || _connection.Settings != settings)
        {
            Drop();
            if (!TryMakeConnection(settings, out var fault))
            {
                return fault;
            }
        }

        var connection = _connection!;
        if (await DoAsync(connection, () => connection.IsConnected ? Task.CompletedTask : connection.OpenAsync(message.From.Mailboxes.First().Domain, cancellationToken)) is { } notOpened)
        {
            return notOpened;
        }

        // What this throws is no fault of the server's.
        if (!await mayBegin(cancellationToken))
        {
            return SendOutcome.Lost;
        }

        return await DoAsync(connection, () => connection.SendAsync(message, recipients, cancellationToken)) ?? Sent(connection.Refused);
    }

    /// <summary>Does a step with the server.</summary>
    /// <returns>How it failed; null: it did not.</returns>
    private async Task<SendOutcome?> DoAsync(SmtpConnection connection, Func<Task> step)
    {
        var isFit = false;
        try
        {
            await step();
            isFit = true;
            return null;
        }
        catch (Exception e) when (SmtpFaults.Of(e, connection) is { } outcome)
        {
            isFit = !outcome.ServerFault; // refused in good order: the connection is fit for the next message
            return outcome;
        }
        finally
        {
            if (!isFit)
            {
                Drop();
            }
        }
    }

    private bool TryMakeConnection(SmtpSettings settings, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out SendOutcome? fault)
    {
        fault = null;
        try
        {
            _connection = new SmtpConnection(settings, _connector);
            _connection.Watch.DataBegins = () => _dataBegins();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            fault = new SendOutcome(SendResult.Retry, $"{(SmtpAuthorities.IsText(settings.Ca!) ? "its ca" : $"the file {settings.Ca}")} cannot be read as certificates: {SmtpFaults.ShortLine(e.Message)}")
            {
                Hint = "The parameter ca is PEM text, or names a PEM file on the machine of the Notifier.",
                ServerFault = true,
            };
            return false;
        }
    }

    private static SendOutcome Sent(IReadOnlyList<RefusedRecipient> refused)
    {
        if (refused.Count == 0)
        {
            return SendOutcome.Delivered;
        }

        var later = refused.Where(r => !r.IsPermanent).Select(r => r.Mailbox.Address).ToList();
        var reason = $"sent, but {string.Join("; ", refused)}";
        return later.Count == 0
            ? new SendOutcome(SendResult.Delivered, reason)
            : new SendOutcome(SendResult.Retry, reason) { Remaining = later };
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
