using System.Buffers;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>Reads the body of an answer to its end, or to a cap: an endless body must end a probe, not the Prober.</summary>
internal static class BodyReader
{
    /// <summary>The most that is read.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int BufferBytes = 16 * 1024;

    /// <summary>Null where the body was read to its end; why not otherwise.</summary>
    public static async Task<ProbeFailure?> ReadAsync(HttpContent content, ProbeTrace trace, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var total = 0;
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                total += count;
                if (total > MaxBytes)
                {
                    return new ProbeFailure(ProbeReasons.BodyTooLarge, $"body is larger than {MaxBytes / 1024 / 1024} MiB");
                }
            }

            trace.End(StepOutcome.None, "Read a body of {0} bytes", total);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
