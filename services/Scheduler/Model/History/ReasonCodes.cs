using Skypunch.Contracts;

namespace Skypunch.Scheduler.Model.History;

/// <summary>The reasons of results as numbers, which are stored: a number never gets another meaning, and a new reason gets a new number. Pure.</summary>
internal static class ReasonCodes
{
    /// <summary>The code of a reason that this release does not know.</summary>
    public const byte Other = 63;

    /// <summary>The reason that such a code is shown as.</summary>
    public const string OtherReason = "other";

    // The place of a reason is its code. At most 63.
    private static readonly string[] Reasons =
    [
        ProbeReasons.Ok, ProbeReasons.DnsError, ProbeReasons.ConnectRefused, ProbeReasons.ConnectTimeout, ProbeReasons.ConnectUnreachable,
        ProbeReasons.EgressDenied, ProbeReasons.ProxyUnreachable, ProbeReasons.ProxyRefused, ProbeReasons.TlsError, ProbeReasons.TlsExpired,
        ProbeReasons.TlsUntrusted, ProbeReasons.TlsNameMismatch, ProbeReasons.RequestTimeout, ProbeReasons.ReadTimeout, ProbeReasons.ConnectionReset,
        ProbeReasons.ProtocolError, ProbeReasons.RedirectError, ProbeReasons.BodyTooLarge, ProbeReasons.StatusMismatch, ProbeReasons.AssertionFailed,
        ProbeReasons.AuthParamsInvalid, ProbeReasons.AuthUnreachable, ProbeReasons.AuthRejected, ProbeReasons.AuthForbidden, ProbeReasons.AuthCatalogMiss,
        ProbeReasons.AuthTokenRefused, ProbeReasons.ServiceKeystoneDown, ProbeReasons.Internal, ProbeReasons.TargetInvalid,
    ];

    private static readonly Dictionary<string, byte> Codes = Reasons.Select((reason, code) => (reason, code)).ToDictionary(r => r.reason, r => (byte)r.code);

    /// <summary>The code of a reason; 0 is a pass.</summary>
    public static byte Of(string reason) => reason == ProbeReasons.Ok ? (byte)0 : Codes.GetValueOrDefault(reason, Other);

    /// <summary>The reason of a code.</summary>
    public static string ReasonOf(int code) => code < Reasons.Length ? Reasons[code] : OtherReason;
}
