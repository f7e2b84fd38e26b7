using System.Diagnostics.CodeAnalysis;

namespace Skypunch.Notifier.Channels;

/// <summary>The steps of a channel in their order: check, render, send, judge. Secrets are masked in the outcome.</summary>
internal sealed class ChannelSession<TRequest, TAnswer>(Channel<TRequest, TAnswer> channel, IChannelSender<TRequest, TAnswer> sender) : IChannelSession
    where TRequest : class
    where TAnswer : class
{
    private ChannelForm? _checked; // checked once, not for each message

    public async Task<SendOutcome> SendAsync(
        ChannelForm form,
        Telling telling,
        Func<CancellationToken, Task<bool>> mayBegin,
        CancellationToken cancellationToken)
    {
        if (form != _checked && channel.Check(form) is { Count: > 0 } faults)
        {
            return new SendOutcome(SendResult.Unusable, $"the notifier cannot be used: {string.Join("; ", faults.Select(fault => $"its {fault.Field} {fault.Words}"))}");
        }

        _checked = form;
        if (!TryRender(form, telling, out var request, out var unreadable))
        {
            return unreadable;
        }

        using var owned = request as IDisposable;
        return await sender.SendAsync(request, mayBegin, cancellationToken) is { } answer
            ? Masked(channel.Judge(request, answer), form)
            : SendOutcome.Lost;
    }

    public Task CloseAsync(CancellationToken cancellationToken) => sender.CloseAsync(cancellationToken);

    public void Dispose() => sender.Dispose();

    // A stored change that is broken in any way stops no message but its own.
    private bool TryRender(
        ChannelForm form,
        Telling telling,
        [NotNullWhen(true)] out TRequest? request,
        [NotNullWhen(false)] out SendOutcome? fault)
    {
        (request, fault) = (null, null);
        try
        {
            request = channel.Render(form, telling);
            return true;
        }
        catch (UnreadableException e)
        {
            fault = new SendOutcome(SendResult.Unreadable, e.Message);
        }
        catch (Exception e)
        {
            fault = new SendOutcome(SendResult.Unreadable, $"no message can be made of the stored change: {e.GetType().Name}, {ShortLine.Of(e.Message)}");
        }

        return false;
    }

    private SendOutcome Masked(SendOutcome outcome, ChannelForm form)
    {
        var secrets = FormSecrets.Of(channel.Description, form);
        return outcome with { Reason = secrets.Mask(outcome.Reason), Hint = secrets.Mask(outcome.Hint), Receipt = secrets.Mask(outcome.Receipt) };
    }
}
