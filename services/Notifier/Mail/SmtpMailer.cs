using System.Security.Cryptography;
using MimeKit;

namespace Skypunch.Notifier.Mail;

/// <summary>Hands in messages at a mail server, several over one connection. What the server does is a value, never an exception.</summary>
/// <param name="timeout">How long a message may take, connecting included.</param>
/// <param name="clock">The clock.</param>
internal sealed class SmtpMailer(TimeSpan timeout, TimeProvider clock) : IDisposable
{
    private SmtpConnection? _connection;

    /// <summary>Hands in a message.</summary>
    /// <param name="settings">Where and as whom.</param>
    /// <param name="message">The message.</param>
    /// <param name="recipients">Whom it goes to: those in its header or some of them.</param>
    /// <param name="cancellationToken">Breaks off; whether the server has the message is not known then.</param>
    public async Task<SendOutcome> SendAsync(
        SmtpSettings settings,
        MimeMessage message,
        IReadOnlyList<MailboxAddress> recipients,
        CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var reused = _connection is { IsConnected: true } open && open.Settings == settings;
            var outcome = await TryAsync(settings, message, recipients, either.Token);

            // A server may hang up between two messages, or after so many; that says nothing of the next connection.
            return outcome.ServerFault && reused ? await TryAsync(settings, message, recipients, either.Token) : outcome;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome(SendResult.Retry, $"{settings.Server}:{settings.Port} did not answer within {timeout.TotalSeconds:0.#} s")
            {
                Hint = "Check server and port, and that the way there is open.",
                ServerFault = true,
            };
        }
    }

    /// <summary>Takes leave of the server.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsConnected: true })
        {
            await _connection.DisconnectAsync(quit: true, cancellationToken);
        }

        Drop();
    }

    public void Dispose() => Drop();

    private async Task<SendOutcome> TryAsync(
        SmtpSettings settings,
        MimeMessage message,
        IReadOnlyList<MailboxAddress> recipients,
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
        var sent = false;
        try
        {
            if (!connection.IsConnected)
            {
                await connection.OpenAsync(cancellationToken);
            }

            await connection.SendAsync(message, recipients, cancellationToken);
            sent = true;
            return Sent(connection.Refused);
        }
        catch (Exception e) when (SmtpFaults.Of(e, connection) is { } outcome)
        {
            sent = !outcome.ServerFault; // refused in good order: the connection is fit for the next message
            return outcome;
        }
        finally
        {
            if (!sent)
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
            _connection = new SmtpConnection(settings, timeout);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            fault = new SendOutcome(SendResult.Retry, $"the file {settings.CaFile} cannot be read as certificates: {SmtpFaults.ShortLine(e.Message)}")
            {
                Hint = "The parameter ca names a PEM file on the machine of the Notifier.",
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

        var later = refused.Where(r => !r.IsPermanent).Select(r => r.Mailbox).ToList();
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
