using System.Runtime.InteropServices;

namespace Skypunch.Prober.Http.OpenSsl;

/// <summary>What all TLS connections of this process have in common: versions, suites, and that OpenSSL does not judge certificates itself.</summary>
internal static unsafe class OpenSslContext
{
    private static readonly Lazy<nint> Made = new(New);

    /// <summary>The context, which lives as long as the process.</summary>
    /// <exception cref="InsufficientMemoryException">OpenSSL has no memory left.</exception>
    public static nint Shared => Made.Value;

    private static ReadOnlySpan<byte> SuitesOfTls12
        => "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:"u8
            + "ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:ECDHE-RSA-AES128-SHA256\0"u8;

    // All of TLS 1.3 that SslStream offers. The order is that of browsers: the first costs the least, and none is weak (RFC 8446, section 9.1).
    private static ReadOnlySpan<byte> SuitesOfTls13 => "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256\0"u8;

    private static nint New()
    {
        _ = Libssl.OPENSSL_init_crypto(Libssl.InitNoExit, 0); // OpenSSL does not clean up while other threads of the process still run
        var context = Libssl.SSL_CTX_new(Libssl.TLS_client_method());
        if (context == 0)
        {
            throw new InsufficientMemoryException("OpenSSL has no memory for a context.");
        }

        // As SslStream: without a word of the system's configuration, TLS 1.2 only with suites of which each connection has keys of its own.
        fixed (byte* suites = SuitesOfTls12)
        {
            _ = Libssl.SSL_CTX_set_cipher_list(context, suites);
        }

        fixed (byte* suites = SuitesOfTls13)
        {
            _ = Libssl.SSL_CTX_set_ciphersuites(context, suites);
        }

        fixed (byte* system = "system_default\0"u8)
        {
            _ = Libssl.SSL_CTX_config(context, system);
        }

        Libssl.ERR_clear_error();
        Libssl.SSL_CTX_ctrl(context, Libssl.ControlMinProtocol, Libssl.Tls12, 0); // RFC 8996
        Libssl.SSL_CTX_ctrl(context, Libssl.ControlSessionCacheMode, 0, 0);
        Libssl.SSL_CTX_set_options(context, Libssl.OptionNoRenegotiation);
        Libssl.SSL_CTX_set_quiet_shutdown(context, 1);
        Libssl.SSL_CTX_set_cert_verify_callback(context, &AcceptUnseen, 0);
        fixed (byte* protocols = "\x08http/1.1"u8)
        {
            _ = Libssl.SSL_CTX_set_alpn_protos(context, protocols, 9);
        }

        return context;
    }

    // OpenSSL would look for a path to an authority even where its verdict does not count.
    [UnmanagedCallersOnly]
    private static int AcceptUnseen(nint store, nint argument) => 1;
}
