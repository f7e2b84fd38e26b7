using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;

namespace Skypunch.Prober.Http.OpenSsl;

/// <summary>
/// The client's side of a TLS connection within OpenSSL, which knows no socket: it reads what <see cref="Receive"/> was given, and
/// <see cref="TakeWritten"/> takes what has to be sent. So each call ends, whatever a server sends. OpenSSL does not check the certificates:
/// whoever uses this judges <see cref="ReadCertificates"/> before the first request. One caller at a time.
/// </summary>
internal sealed unsafe class OpenSslConnection : IDisposable
{
    private readonly SafeSsl _ssl;
    private readonly nint _received;
    private readonly nint _written;

    /// <summary>Makes the connection's state; nothing is sent yet.</summary>
    /// <param name="host">
    /// The name that the server is asked for. Neither an IP address nor the dot at the end of a name is told to the server (RFC 6066, section 3).
    /// </param>
    /// <exception cref="InsufficientMemoryException">OpenSSL has no memory left.</exception>
    public OpenSslConnection(string host)
    {
        _ssl = new SafeSsl(Libssl.SSL_new(OpenSslContext.Shared));
        _received = Libssl.BIO_new(Libssl.BIO_s_mem());
        _written = Libssl.BIO_new(Libssl.BIO_s_mem());
        if (_ssl.IsInvalid || _received == 0 || _written == 0)
        {
            throw new InsufficientMemoryException("OpenSSL has no memory for a connection.");
        }

        Libssl.SSL_set0_rbio(_ssl, _received); // which owns it from now on
        Libssl.SSL_set0_wbio(_ssl, _written);
        Libssl.SSL_set_connect_state(_ssl);
        if (!IPAddress.IsValid(host))
        {
            fixed (byte* name = Encoding.ASCII.GetBytes(host.TrimEnd('.') + '\0'))
            {
                Libssl.SSL_ctrl(_ssl, Libssl.ControlHostName, 0, name);
            }
        }
    }

    /// <summary>The version of TLS that both sides have agreed on.</summary>
    public string Version => Libssl.SSL_version(_ssl) == Libssl.Tls12 ? "TLS 1.2" : "TLS 1.3";

    /// <summary>The cipher suite that both sides have agreed on.</summary>
    public TlsCipherSuite CipherSuite => (TlsCipherSuite)Libssl.SSL_CIPHER_get_protocol_id(Libssl.SSL_get_current_cipher(_ssl));

    /// <summary>How many bytes have to be sent.</summary>
    public int ToSend => (int)Math.Min(Libssl.BIO_ctrl_pending(_written), int.MaxValue);

    /// <summary>Whether a record has begun to come, but not ended.</summary>
    public bool IsInRecord => Libssl.SSL_has_pending(_ssl) == 1;

    /// <summary>Gives OpenSSL what the server has sent, which the next handshake or read takes up.</summary>
    /// <exception cref="InsufficientMemoryException">OpenSSL has no memory left.</exception>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            if (Libssl.BIO_write(_received, start, bytes.Length) != bytes.Length)
            {
                throw new InsufficientMemoryException("OpenSSL has no memory for what the server has sent.");
            }
        }
    }

    /// <summary>Goes on with the handshake. False: the server has to be waited for.</summary>
    /// <exception cref="IOException">The handshake came to nothing (<see cref="OpenSslStream.HandshakeAsync"/>).</exception>
    public bool TryHandshake()
    {
        Libssl.ERR_clear_error();
        var result = Libssl.SSL_do_handshake(_ssl);
        return result == 1 || (MustWait(result) ? false : throw new IOException("The server has closed the connection during the handshake."));
    }

    /// <summary>Reads what the server has sent. Null: the server has to be waited for. 0: the server has closed the connection.</summary>
    /// <param name="buffer">Where to; it must not be empty.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public int? TryRead(Span<byte> buffer)
    {
        Libssl.ERR_clear_error();
        int result;
        fixed (byte* start = buffer)
        {
            result = Libssl.SSL_read(_ssl, start, buffer.Length);
        }

        return result > 0 ? result : MustWait(result) ? null : 0;
    }

    /// <summary>Encrypts a record, which has to be sent then.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public void Write(ReadOnlySpan<byte> record)
    {
        Libssl.ERR_clear_error();
        int result;
        fixed (byte* start = record)
        {
            result = Libssl.SSL_write(_ssl, start, record.Length);
        }

        if (result != record.Length)
        {
            MustWait(result);
            throw new IOException("The server wants another handshake before it takes the request.");
        }
    }

    /// <summary>Takes what has to be sent. Returns how many bytes.</summary>
    public int TakeWritten(Span<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            return Math.Max(0, Libssl.BIO_read(_written, start, bytes.Length));
        }
    }

    /// <summary>The certificates that the server has sent, its own first, each as DER.</summary>
    public ReadOnlyMemory<byte>[] ReadCertificates()
    {
        var chain = Libssl.SSL_get_peer_cert_chain(_ssl); // the connection owns them
        var certificates = new ReadOnlyMemory<byte>[Math.Max(0, Libssl.OPENSSL_sk_num(chain))];
        for (var i = 0; i < certificates.Length; i++)
        {
            var certificate = Libssl.OPENSSL_sk_value(chain, i);
            var der = new byte[Math.Max(0, Libssl.i2d_X509(certificate, null))];
            fixed (byte* start = der)
            {
                var at = start;
                _ = Libssl.i2d_X509(certificate, &at);
            }

            certificates[i] = der;
        }

        return certificates;
    }

    public void Dispose() => _ssl.Dispose();

    // False: the server has closed the connection. OpenSSL keeps its errors by thread: no await may stand between a call and this.
    private bool MustWait(int result) => Libssl.SSL_get_error(_ssl, result) switch
    {
        Libssl.ErrorWantRead => true,
        Libssl.ErrorZeroReturn => false,
        _ => throw new IOException("The server does not speak TLS as it should.", new AuthenticationException(Libssl.LastError())),
    };
}
