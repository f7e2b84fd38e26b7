using System.Net;
using Skypunch.Contracts;
using Skypunch.Prober.Answers;
using Skypunch.Prober.Http;
using Skypunch.Prober.Probing;
using Skypunch.Prober.Tracing;

namespace Skypunch.Bench.Micro;

/// <summary>
/// The calls that a passing probe of <c>http://127.0.0.1/</c> makes to its trace, in the order of <see cref="HttpProbe"/> and its parts.
/// The system call getsockname(2), which finds the local address, is not included.
/// </summary>
internal static class PassingTrace
{
    private const string Url = "http://127.0.0.1:8080/ok/1";
    private static readonly IPEndPoint Peer = new(IPAddress.Loopback, 8080);
    private static readonly IPEndPoint Own = new(IPAddress.Loopback, 40_000);
    private static readonly Answer Answer = new(Http1Head.Parse("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"u8), isOfTarget: true);

    public static ProbeTrace Build()
    {
        var trace = new ProbeTrace(TimeProvider.System);
        trace.Remark(TraceWords.Connecting, Url);
        trace.Begin(ProbePhase.Auth);
        trace.Begin(ProbePhase.Dns);
        trace.Begin(ProbePhase.Connect);
        trace.Remark("Connected to {0} from {1}", Peer, Own);
        trace.End(StepOutcome.Ok, TraceWords.Connection);
        trace.Begin(ProbePhase.Request);
        trace.Sent();
        trace.FirstByte();
        trace.Received(Answer);
        trace.End(StepOutcome.None, "Read a body of {0}", new ByteCount(3));
        trace.Begin(ProbePhase.Response);
        trace.EndProbe(passed: true);
        return trace;
    }
}
