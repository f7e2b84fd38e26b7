using System.Buffers;
using System.Text;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Http;

/// <summary>
/// Reads the body of an answer to its end, or to a cap: an endless body must not keep the Prober busy. A target may send more than that
/// and be well; its status tells.
/// </summary>
internal static class BodyReader
{
    /// <summary>The most that is read.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int BufferBytes = 16 * 1024;

    /// <summary>Reads, and notes how much it was.</summary>
    /// <exception cref="IOException">The body broke off.</exception>
    public static async Task ReadAsync(HttpContent content, ProbeTrace trace, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var total = 0;
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (total == 0 && trace.StatusCode is 503)
                {
                    trace.BodyStart = Encoding.UTF8.GetString(buffer, 0, count);
                }

                total += count;
                if (total > MaxBytes)
                {
                    trace.End(StepOutcome.None, "Read the first {0} MiB of the body and left the rest", MaxBytes / 1024 / 1024);
                    return;
                }
            }

            trace.End(StepOutcome.None, "Read a body of {0} bytes", total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
