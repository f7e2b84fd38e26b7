namespace Skypunch.Prober.Tracing;

/// <summary>The phases of a probe, in their order. Where the deadline passes, the phase decides the reason.</summary>
internal enum ProbePhase
{
    Auth,
    Dns,
    Connect,
    Proxy,
    Tls,
    Request,
    Wait,
    Transfer,
    Response,
    Assertion,
}
