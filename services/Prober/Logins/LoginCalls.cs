using Skypunch.Contracts;
using Skypunch.Prober.Tracing;

namespace Skypunch.Prober.Logins;

/// <summary>The requests of a login. Each is a step in the trace of every probe that waits for the login.</summary>
internal sealed class LoginCalls(string server, TimeProvider clock)
{
    private readonly string _step = server + " {0} at {1}: {2}";

    private readonly Lock _lock = new();
    private readonly List<Call> _ended = [];
    private Call? _running;

    /// <summary>Notes that a call begins. The call before it has ended.</summary>
    /// <param name="what">What the call is for: "discovery", "login".</param>
    /// <param name="url">The URL.</param>
    public void Begin(string what, Uri url)
    {
        lock (_lock)
        {
            _running = new Call(what, url, clock.GetTimestamp(), 0, StepOutcome.None, "");
        }
    }

    /// <summary>Notes that the call that runs has ended. Where none runs, nothing happens.</summary>
    /// <param name="outcome">How the call ended.</param>
    /// <param name="found">The answer in words. The probe has the reason of a failure.</param>
    public void End(StepOutcome outcome, string found)
    {
        lock (_lock)
        {
            if (_running is { } call)
            {
                _ended.Add(call with { Ended = clock.GetTimestamp(), Outcome = outcome, Found = found });
                _running = null;
            }
        }
    }

    /// <summary>
    /// Writes the calls into a trace. A call that still runs is shown as a failure: the probe could not wait for its end.
    /// </summary>
    public void WriteTo(ProbeTrace trace)
    {
        lock (_lock)
        {
            _ended.ForEach(Write);
            if (_running is { } call)
            {
                Write(call with { Ended = clock.GetTimestamp(), Outcome = StepOutcome.Fail, Found = "no answer yet" });
            }
        }

        void Write(Call call) => trace.Step(
            ProbePhase.Auth,
            call.Ended,
            clock.GetElapsedTime(call.Began, call.Ended),
            call.Outcome,
            _step,
            call.What,
            call.Url,
            call.Found);
    }

    private sealed record Call(string What, Uri Url, long Began, long Ended, StepOutcome Outcome, string Found);
}
