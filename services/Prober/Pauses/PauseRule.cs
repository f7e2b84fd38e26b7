using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Pauses;

/// <summary>
/// Which failures a pause of this process may have caused: those for lack of time, and those of connections that did not survive the wait.
/// Pure.
/// </summary>
internal static class PauseRule
{
    private const int RequestTimeout = 408; // the server has waited for us

    /// <summary>Whether a pause during the probe may have caused the failure.</summary>
    public static bool MayCause(ProbeFailure failure, int? status) => failure.IsOfTime || failure.Reason switch
    {
        ProbeReasons.DnsError or ProbeReasons.ConnectRefused or ProbeReasons.ConnectTimeout or ProbeReasons.ConnectUnreachable => true,
        ProbeReasons.TlsError or ProbeReasons.RequestTimeout or ProbeReasons.ReadTimeout or ProbeReasons.ConnectionReset => true,
        ProbeReasons.AuthUnreachable or ProbeReasons.ProxyUnreachable => true,
        ProbeReasons.StatusMismatch => status is RequestTimeout,
        _ => false,
    };
}
