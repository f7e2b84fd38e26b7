using System.Buffers;
using Microsoft.Extensions.Options;
using Skypunch.Contracts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Settings;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Http;

/// <summary>
/// Reads as much of an answer's body as is wanted (<see cref="BodyUse"/>), and never more than a cap: neither an endless body nor a few
/// bytes that unpack to gigabytes may keep the Prober busy or fill its memory. A body that nobody judges is soon left, and is not unpacked:
/// a target is not down for it.
/// </summary>
internal sealed class BodyReader(Unpacker unpacker, TimeProvider clock, IOptions<ProberOptions> options)
{
    /// <summary>The most that is read of a body that nobody judges.</summary>
    public const int GlanceBytes = 64 * 1024;

    /// <summary>The longest that such a body is waited for.</summary>
    public static readonly TimeSpan GlanceTime = TimeSpan.FromSeconds(1);

    // More than is shown, so that a secret is recognised before the end is cut off.
    private const int ExcerptBytes = 16 * 1024;

    private const int BufferBytes = 16 * 1024;

    /// <summary>Reads into the answer as much as is wanted, and notes how much there was.</summary>
    /// <exception cref="IOException">The body broke off.</exception>
    /// <exception cref="InvalidDataException">The body is judged and is not compressed as its header says.</exception>
    public async Task ReadAsync(Stream body, Answer answer, BodyWish wish, ProbeTrace trace, CancellationToken cancellationToken)
    {
        var (use, cap) = (wish.Use, options.Value.MaxBodyBytes);
        if (use is BodyUse.None)
        {
            return;
        }

        var isGlance = use is BodyUse.Glance or BodyUse.Excerpt;
        var kept = use is BodyUse.All or BodyUse.Excerpt ? new MemoryStream() : null;
        var taken = await TakeAsync(
            body, kept, use is BodyUse.All ? cap : ExcerptBytes, isGlance ? Math.Min(GlanceBytes, cap) : cap, isGlance ? wish : null, cancellationToken);
        if (kept is { Length: > 0 } && Unpacker.CodingsOf(answer.Header("Content-Encoding")) is { Length: > 0 } codings)
        {
            (kept, taken) = await UnpackAsync(kept, codings, use, taken, trace, cancellationToken);
        }

        answer.Body = kept is null ? default : kept.GetBuffer().AsMemory(0, (int)Math.Min(kept.Length, cap));
        answer.CutAt = taken.IsWhole || isGlance ? null : cap;
        trace.End(
            StepOutcome.None,
            taken.IsWhole ? "Read a body of {0}" : isGlance ? "Left the body after {0}, as nothing in it is judged" : "Read the first {0} of the body and left the rest",
            new ByteCount(taken.IsWhole || isGlance ? taken.Bytes : cap));
    }

    private async Task<Taken> TakeAsync(Stream body, MemoryStream? kept, int mostKept, int most, BodyWish? glance, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        CancellationTokenSource? over = null;
        CancellationTokenSource? either = null;
        var total = 0;
        try
        {
            while (true)
            {
                if (glance is not null && either is null && body is not Http1Body { IsAtHand: true })
                {
                    over = new CancellationTokenSource(glance.Value.Patience(), clock);
                    either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
                }

                var count = await body.ReadAsync(buffer, either?.Token ?? cancellationToken);
                if (count == 0)
                {
                    return new Taken(total, IsWhole: true);
                }

                kept?.Write(buffer, 0, (int)Math.Min(count, mostKept - kept.Length));
                total += count;
                if (total > most)
                {
                    return new Taken(total, IsWhole: false);
                }
            }
        }
        catch (Exception e) when (over is { IsCancellationRequested: true } && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            return new Taken(total, IsWhole: false); // the body is late, and nobody needs it
        }
        finally
        {
            either?.Dispose();
            over?.Dispose();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Only a body that is judged must be compressed as its header says. Of an excerpt, the part that can be unpacked is shown.
    private async Task<(MemoryStream Plain, Taken Taken)> UnpackAsync(
        MemoryStream packed, string[] codings, BodyUse use, Taken taken, ProbeTrace trace, CancellationToken cancellationToken)
    {
        var plain = new MemoryStream();
        var most = use is BodyUse.All ? options.Value.MaxBodyBytes : ExcerptBytes;
        try
        {
            if (codings.Length > 1)
            {
                throw new MalformedAnswer($"the body is packed more than once ({string.Join(", ", codings)}): a probe unpacks one Content-Encoding");
            }

            await unpacker.UnpackAsync(packed.GetBuffer().AsMemory(0, (int)packed.Length), codings[0], most, plain, cancellationToken);
            return (plain, taken with { Bytes = taken.IsWhole ? (int)plain.Length : taken.Bytes, IsWhole = taken.IsWhole && plain.Length <= most });
        }
        catch (Exception e) when (e is InvalidDataException or IOException && (use is BodyUse.Excerpt || !taken.IsWhole))
        {
            if (plain.Length == 0)
            {
                trace.Remark("The body cannot be unpacked as its Content-Encoding says");
            }

            return (plain, taken);
        }
    }

    private readonly record struct Taken(int Bytes, bool IsWhole);
}

/// <summary>A number of bytes, as a trace shows it.</summary>
internal readonly record struct ByteCount(int Bytes) : IFormattable
{
    public string ToString(string? format, IFormatProvider? formatProvider)
        => Bytes > 0 && Bytes % (1024 * 1024) == 0 ? $"{Bytes / 1024 / 1024} MiB" : $"{Bytes} bytes";
}
