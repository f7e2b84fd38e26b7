using System.Runtime.InteropServices;

namespace Skypunch.Prober.Http.OpenSsl;

/// <summary>A connection's state within OpenSSL.</summary>
internal sealed class SafeSsl : SafeHandle
{
    public SafeSsl(nint ssl)
        : base(0, ownsHandle: true) => SetHandle(ssl);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Libssl.SSL_free(handle);
        return true;
    }
}
