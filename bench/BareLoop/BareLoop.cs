using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Skypunch.Bench.Figures;
using Skypunch.Bench.Scenarios;

namespace Skypunch.Bench.BareLoop;

/// <summary>
/// The least that .NET can do for the same probes: an <see cref="HttpClient"/> makes a new connection for each probe, at the same slots.
/// The loop stores nothing, judges nothing and notifies nobody. The bench gives the cost of Skypunch as a multiple of the loop's cost.
/// </summary>
internal sealed class BareLoop(IReadOnlyList<BenchTarget> targets, string authorityFile, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero, // a fresh connection for each probe, as in the Prober
        SslOptions = new SslClientAuthenticationOptions
        {
            AllowTlsResume = false, // a full handshake, too
            CertificateChainPolicy = Trusting(authorityFile),
        },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Probes until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = new PriorityQueue<(Uri Url, SlotGrid Slots, TimeSpan Timeout), DateTimeOffset>();
        foreach (var target in targets)
        {
            var slots = SlotGrid.Of(target);
            due.Enqueue((new Uri(target.Url), slots, TimeSpan.FromSeconds(target.Timeout)), slots.NextAfter(clock.GetUtcNow()));
        }

        using var timer = new PeriodicTimer(Resolution, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = clock.GetUtcNow();
            while (due.TryPeek(out var probe, out var slot) && slot <= now)
            {
                _ = ProbeAsync(probe.Url, probe.Timeout);
                due.DequeueEnqueue(probe, slot + probe.Slots.Frequency);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task ProbeAsync(Uri url, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout, clock);
        try
        {
            using var response = await _http.GetAsync(url, deadline.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The target is down; the loop records nothing.
        }
    }

    private static X509ChainPolicy Trusting(string authorityFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        return policy;
    }
}
