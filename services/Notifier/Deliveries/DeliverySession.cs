using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Store;
using Skypunch.ServiceDefaults.Telemetry;

namespace Skypunch.Notifier.Deliveries;

/// <summary>
/// Sends messages to one notifier during a run: makes a <see cref="Telling"/> of what is claimed, which the channel of the notifier's type
/// sends.
/// Nothing here depends on the channel.
/// </summary>
/// <param name="channels">The channels.</param>
/// <param name="parameters">Opens a notifier's parameters.</param>
/// <param name="sendTimeout">How long sending a message may take.</param>
/// <param name="clock">The clock.</param>
internal sealed class DeliverySession(ChannelTypes channels, SealedParameters parameters, TimeSpan sendTimeout, TimeProvider clock) : IDisposable
{
    private IChannel? _channel;
    private IChannelSession? _session;

    /// <summary>Tells the notifier of a delivery's change, or of all those of a digest.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="mayBegin">Asked at the last moment: whether all of it is still this sender's.</param>
    /// <param name="cancellationToken">Breaks the sending off. It is not known then whether the other end has the message.</param>
    public async Task<SendOutcome> SendAsync(Claim claim, Func<CancellationToken, Task<bool>> mayBegin, CancellationToken cancellationToken)
    {
        var notifier = claim.Notifier;
        string? text;
        try
        {
            text = await parameters.OpenAsync(notifier, cancellationToken);
        }
        catch (CryptographicException)
        {
            return new SendOutcome(SendResult.Unusable, "the notifier's params cannot be opened: they were sealed with another key or for another notifier, or are damaged");
        }

        if (channels.Find(notifier.Type) is not { } channel)
        {
            return new SendOutcome(SendResult.Unusable, $"the notifier cannot be used: its type {channels.Expected}");
        }

        if (!TryRead(claim, out var parts, out var unreadable))
        {
            return unreadable;
        }

        using var step = SkypunchTelemetry.Continue("deliver", parts[0].Change.TraceParent, ActivityKind.Client);
        var telling = new Telling
        {
            Id = claim.DigestId is { } digestId ? Telling.IdOfDigest(digestId) : parts[0].Id,
            Notifier = notifier.Name,
            Change = claim.DigestId is null ? parts[0].Change : null,
            Digest = claim.DigestId is null ? null : parts,
            Remaining = claim.First.Remaining,
            At = clock.GetUtcNow(),
            Attempt = claim.Attempts < int.MaxValue ? claim.Attempts + 1 : claim.Attempts,
        };
        return await SessionOf(channel).SendAsync(new ChannelForm(notifier.Address, text), telling, mayBegin, cancellationToken);
    }

    /// <summary>Ends the session: nothing more is to be sent.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => _session?.CloseAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _session?.Dispose();

    // The type may be changed between two deliveries.
    private IChannelSession SessionOf(IChannel channel)
    {
        if (_session is null || channel != _channel)
        {
            _session?.Dispose();
            (_channel, _session) = (channel, channel.Open(sendTimeout, isWaitedFor: false));
        }

        return _session;
    }

    private static bool TryRead(Claim claim, [NotNullWhen(true)] out List<DigestPart>? parts, [NotNullWhen(false)] out SendOutcome? fault)
    {
        (parts, fault) = (null, null);
        try
        {
            parts = [.. claim.Deliveries.Select(d => new DigestPart(Telling.IdOf(d.Id, d.ChangeId), d.Announcement.Change()))];
            return true;
        }
        catch (System.Text.Json.JsonException e)
        {
            fault = new SendOutcome(SendResult.Unreadable, $"the stored change cannot be read: {ShortLine.Of(e.Message)}");
            return false;
        }
    }
}
