using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;

namespace Skypunch.Cli.Targets;

/// <summary>The options that say how a probe speaks TLS.</summary>
internal static class TargetTlsOptions
{
    public static IReadOnlyList<RequestField<Target>> Create()
    {
        var skipVerify = new Option<bool>("--tls-skip-verify")
        {
            Description = "Accept any certificate; '--tls-skip-verify false' takes it back.",
        };
        var ca = Parsed.Text("--tls-ca", "FILE", "PEM certificates of authorities to trust beside the system's; '' for none.");
        var certificate = Parsed.Text("--tls-cert", "FILE", "The PEM certificate that the probe shows, with its chain; '' for none.");
        var key = Parsed.Text("--tls-key", "FILE", "The PEM key of --tls-cert, not encrypted; '-' reads it from stdin.");
        var serverName = Parsed.Text(
            "--tls-server-name", "NAME", "The name to ask for and to expect in the certificate. Default: the host of the URL.");
        return
        [
            new("tls.skip_verify", skipVerify, (s, t) => TlsOf(t).SkipVerify = s.Given.GetValue(skipVerify)),
            new("tls.ca", ca, (s, t) => TlsOf(t).Ca = s.FileText(ca)),
            new("tls.client_certificate", certificate, (s, t) => TlsOf(t).ClientCertificate = s.FileText(certificate)),
            new("tls.client_key", key, (s, t) => TlsOf(t).ClientKey = s.FileText(key)),
            new("tls.server_name", serverName, (s, t) => TlsOf(t).ServerName = s.Given.GetValue(serverName)!),
        ];
    }

    private static Tls TlsOf(Target target) => target.Tls ??= new Tls();
}
