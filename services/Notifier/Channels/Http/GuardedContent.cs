using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>
/// A body that is sent only if the message may still be sent. The question is asked when the connection is open, since connecting may take
/// long, and the process may stand still meanwhile.
/// </summary>
internal sealed class GuardedContent : HttpContent
{
    private readonly byte[] _body;
    private readonly Func<Task<bool>> _mayBegin;

    public GuardedContent(byte[] body, string contentType, Func<Task<bool>> mayBegin)
    {
        (_body, _mayBegin) = (body, mayBegin);
        Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
    }

    /// <summary>Whether the answer to the question was no.</summary>
    public bool IsForbidden { get; private set; }

    /// <summary>The exception that the question ended with; null: none.</summary>
    public ExceptionDispatchInfo? Thrown { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        try
        {
            IsForbidden = !await _mayBegin();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Thrown = ExceptionDispatchInfo.Capture(e);
            throw;
        }

        if (IsForbidden)
        {
            throw new OperationCanceledException("The message may not be sent any more.");
        }

        await stream.WriteAsync(_body);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
