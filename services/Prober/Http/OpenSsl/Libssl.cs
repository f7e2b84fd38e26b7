using System.Runtime.InteropServices;

namespace Skypunch.Prober.Http.OpenSsl;

/// <summary>
/// The functions of OpenSSL 3 that a TLS client needs (https://docs.openssl.org/3.0/man3/). Debian, Alpine, Red Hat and their like have the
/// library under this name, and the .NET runtime uses the same one.
/// </summary>
internal static unsafe partial class Libssl
{
    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    /// <summary>Results of <see cref="SSL_get_error"/>.</summary>
    public const int ErrorWantRead = 2, ErrorZeroReturn = 6;

    /// <summary>Commands of <see cref="SSL_CTX_ctrl"/> and <see cref="SSL_ctrl"/>.</summary>
    public const int ControlSessionCacheMode = 44, ControlHostName = 55, ControlMinProtocol = 123;

    /// <summary>An option of <see cref="SSL_CTX_set_options"/>: no second handshake on a connection.</summary>
    public const ulong OptionNoRenegotiation = 1ul << 30;

    /// <summary>An option of <see cref="OPENSSL_init_crypto"/>: no clean-up when the process ends.</summary>
    public const ulong InitNoExit = 1ul << 19;

    /// <summary>The number of TLS 1.2.</summary>
    public const int Tls12 = 0x0303;

    /// <summary>Whether this machine has the library.</summary>
    public static bool IsThere { get; } = NativeLibrary.TryLoad(Ssl, out _) && NativeLibrary.TryLoad(Crypto, out _);

    /// <summary>The reason of this thread's last error, as "wrong version number".</summary>
    public static string LastError()
    {
        var error = ERR_peek_last_error();
        return Marshal.PtrToStringUTF8(ERR_reason_error_string(error)) ?? $"reason({error & 0x7FFFFF})";
    }

    [LibraryImport(Crypto)]
    public static partial int OPENSSL_init_crypto(ulong options, nint settings);

    [LibraryImport(Ssl)]
    public static partial nint TLS_client_method();

    [LibraryImport(Ssl)]
    public static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Ssl)]
    public static partial nint SSL_CTX_ctrl(nint context, int command, nint number, nint pointer);

    /// <summary>The suites of TLS 1.2 and older.</summary>
    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_set_cipher_list(nint context, byte* list);

    /// <summary>The suites of TLS 1.3.</summary>
    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_set_ciphersuites(nint context, byte* list);

    /// <summary>Sets who judges the certificates of a server: a function that returns 1 for good ones.</summary>
    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_set_cert_verify_callback(nint context, delegate* unmanaged<nint, nint, int> judge, nint argument);

    /// <summary>Sets what the system's configuration says under a name.</summary>
    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_config(nint context, byte* name);

    [LibraryImport(Ssl)]
    public static partial ulong SSL_CTX_set_options(nint context, ulong options);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_set_quiet_shutdown(nint context, int mode);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_set_alpn_protos(nint context, byte* protocols, uint length);

    [LibraryImport(Ssl)]
    public static partial nint SSL_new(nint context);

    [LibraryImport(Ssl)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(Ssl)]
    public static partial void SSL_set0_rbio(SafeSsl ssl, nint bio);

    [LibraryImport(Ssl)]
    public static partial void SSL_set0_wbio(SafeSsl ssl, nint bio);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_connect_state(SafeSsl ssl);

    [LibraryImport(Ssl)]
    public static partial nint SSL_ctrl(SafeSsl ssl, int command, nint number, byte* pointer);

    [LibraryImport(Ssl)]
    public static partial int SSL_do_handshake(SafeSsl ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_read(SafeSsl ssl, byte* buffer, int length);

    [LibraryImport(Ssl)]
    public static partial int SSL_write(SafeSsl ssl, byte* buffer, int length);

    /// <summary>1: bytes have come that are not read yet, such as the beginning of a record.</summary>
    [LibraryImport(Ssl)]
    public static partial int SSL_has_pending(SafeSsl ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_get_error(SafeSsl ssl, int result);

    [LibraryImport(Ssl)]
    public static partial int SSL_version(SafeSsl ssl);

    [LibraryImport(Ssl)]
    public static partial nint SSL_get_current_cipher(SafeSsl ssl);

    [LibraryImport(Ssl)]
    public static partial ushort SSL_CIPHER_get_protocol_id(nint cipher);

    /// <summary>All certificates that the server sent, its own first. The connection owns them.</summary>
    [LibraryImport(Ssl)]
    public static partial nint SSL_get_peer_cert_chain(SafeSsl ssl);

    [LibraryImport(Crypto)]
    public static partial int OPENSSL_sk_num(nint stack);

    [LibraryImport(Crypto)]
    public static partial nint OPENSSL_sk_value(nint stack, int index);

    [LibraryImport(Crypto)]
    public static partial int i2d_X509(nint certificate, byte** into);

    [LibraryImport(Crypto)]
    public static partial nint BIO_s_mem();

    [LibraryImport(Crypto)]
    public static partial nint BIO_new(nint method);

    [LibraryImport(Crypto)]
    public static partial nuint BIO_ctrl_pending(nint bio);

    [LibraryImport(Crypto)]
    public static partial int BIO_read(nint bio, byte* buffer, int length);

    [LibraryImport(Crypto)]
    public static partial int BIO_write(nint bio, byte* buffer, int length);

    [LibraryImport(Crypto)]
    public static partial void ERR_clear_error();

    [LibraryImport(Crypto)]
    public static partial nuint ERR_peek_last_error();

    [LibraryImport(Crypto)]
    public static partial nint ERR_reason_error_string(nuint error);
}
