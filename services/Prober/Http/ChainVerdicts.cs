using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace Skypunch.Prober.Http;

/// <summary>
/// Judges the certificates that servers show, and remembers each verdict for half an hour to an hour. A server shows the same certificates at nearly every
/// probe, and building the path to an authority costs half as much as all the rest of a handshake. A verdict is found again by the bytes of
/// all certificates that the server sent and by the authorities that the target trusts. The name and the time are checked at each handshake.
/// </summary>
internal sealed class ChainVerdicts(TlsTrust trust, TimeProvider clock)
{
    /// <summary>The longest that a verdict is used: the system's authorities may change beneath a running process.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // A server that makes a new certificate for each connection must not fill the memory. Most certificates have one or two KiB; one may have a hundred.
    private const int MostVerdicts = 10_000;
    private const int MostBytes = 16 * 1024 * 1024;

    private readonly ConcurrentDictionary<Key, Remembered> _verdicts = new();
    private int _bytes;

    /// <summary>The verdict for now.</summary>
    /// <param name="sent">The certificates that the server sent, its own first, each as DER.</param>
    /// <param name="ca">Authorities that the target trusts beside the others; null: none.</param>
    public ChainVerdict Of(ReadOnlyMemory<byte>[] sent, X509Certificate2Collection? ca)
    {
        var key = new Key(CertificatesHash.Of(sent), ca);
        var now = clock.GetUtcNow();
        if (_verdicts.TryGetValue(key, out var known) && clock.GetElapsedTime(known.At) < known.Lasts && known.Verdict.HoldsAt(now))
        {
            return known.Verdict;
        }

        var verdict = trust.Judge(sent, ca, now);
        if (known is null && (Interlocked.Add(ref _bytes, sent[0].Length) > MostBytes || _verdicts.Count >= MostVerdicts))
        {
            _verdicts.Clear();
            Interlocked.Exchange(ref _bytes, sent[0].Length);
        }

        // Verdicts that were made together at the start do not all end together.
        _verdicts[key] = new Remembered(verdict, clock.GetTimestamp(), Longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        return verdict;
    }

    // The authorities by the object: the same parameters of a target give the same object (RequestOpener).
    private readonly record struct Key(CertificatesHash Certificates, X509Certificate2Collection? Ca);

    private sealed record Remembered(ChainVerdict Verdict, long At, TimeSpan Lasts);
}
