namespace Skypunch.Prober.Probing;

/// <summary>The phases of a probe, in their order. The deadline's reason depends on the one in which it passes.</summary>
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
