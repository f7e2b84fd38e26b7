using System.Security.Cryptography;

namespace Skypunch.Notifier.Channels.Smtp;

/// <summary>Submits messages to a mail server, several over one connection. What the server does is a value, never an exception.</summary>
/// <param name="timeout">How long a message may take, connecting included, until the server has it.</param>
/// <param name="acceptTimeout">How long the server may then take to accept the message.</param>
/// <param name="clock">The clock.</param>
internal sealed class SmtpMailer(TimeSpan timeout, TimeSpan acceptTimeout, TimeProvider clock) : IChannelSender<MailRequest, SmtpAnswer>
{
    /// <summary>
    /// How long a server that has a message may take to accept it (RFC 5321, section 4.5.3.2.6). A client that gives up sooner sends the
    /// message twice.
    /// </summary>
    public static readonly TimeSpan AcceptTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(5);

    private readonly HostConnector _connector = new(clock);
    private SmtpConnection? _connection;
    private Action _dataBegins = () => { };

    /// <summary>Submits a message.</summary>
    /// <param name="request">The message, its server and its recipients.</param>
    /// <param name="mayBegin">Asked when the connection is ready: whether the message may still be sent.</param>
    /// <param name="cancellationToken">Breaks the sending off. It is not known then whether the server has the message.</param>
    /// <returns>What the mail server said; null: the message might not be sent any more.</returns>
    public async Task<SmtpAnswer?> SendAsync(MailRequest request, Func<CancellationToken, Task<bool>> mayBegin, CancellationToken cancellationToken)
    {
        if (request.Recipients.Count == 0)
        {
            return SmtpAnswer.Accepted; // the remaining recipients are no longer among the notifier's addresses
        }

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
            var reused = _connection is { IsConnected: true } open && open.Settings == request.Settings;
            var answer = await TryAsync(request, mayBegin, either.Token);

            // A server may hang up between two messages, or after a number of them. A new connection may succeed.
            return reused && answer is { Fault: not null } && SmtpFaults.Of(request.Settings, answer) is { ServerFault: true }
                ? await TryAsync(request, mayBegin, either.Token)
                : answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SmtpAnswer { Fault = new SilentServerException(patience, dataSent) };
        }
        finally
        {
            _dataBegins = () => { };
        }
    }

    /// <summary>Ends the connection with QUIT. The server's answer does not matter.</summary>
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

    private async Task<SmtpAnswer?> TryAsync(MailRequest request, Func<CancellationToken, Task<bool>> mayBegin, CancellationToken cancellationToken)
    {
        if (_connection is null || !_connection.IsConnected || _connection.Settings != request.Settings)
        {
            Drop();
            if (MakeConnection(request.Settings) is { } fault)
            {
                return new SmtpAnswer { Fault = new BadAuthoritiesException(fault) };
            }
        }

        var connection = _connection!;
        var senderDomain = request.Message.From.Mailboxes.First().Domain;
        if (await DoAsync(connection, () => connection.IsConnected ? Task.CompletedTask : connection.OpenAsync(senderDomain, cancellationToken)) is { } notOpened)
        {
            return notOpened;
        }

        // An exception of mayBegin is no fault of the server.
        if (!await mayBegin(cancellationToken))
        {
            return null;
        }

        return await DoAsync(connection, () => connection.SendAsync(request.Message, request.Recipients, cancellationToken)) ?? SmtpAnswer.Of(connection, null);
    }

    /// <summary>Does a step with the server.</summary>
    /// <returns>The failure; null: the step succeeded.</returns>
    private async Task<SmtpAnswer?> DoAsync(SmtpConnection connection, Func<Task> step)
    {
        var isFit = false;
        try
        {
            await step();
            isFit = true;
            return null;
        }
        catch (Exception e) when (SmtpFaults.Of(connection.Settings, SmtpAnswer.Of(connection, e)) is { } outcome)
        {
            isFit = !outcome.ServerFault; // refused in good order: the connection is fit for the next message
            return SmtpAnswer.Of(connection, e);
        }
        finally
        {
            if (!isFit)
            {
                Drop();
            }
        }
    }

    private Exception? MakeConnection(SmtpSettings settings)
    {
        try
        {
            _connection = new SmtpConnection(settings, _connector);
            _connection.Watch.DataBegins = () => _dataBegins();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return e;
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
