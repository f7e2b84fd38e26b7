using Skypunch.Contracts;
using Skypunch.Prober.Probing;

namespace Skypunch.Prober.Logins;

/// <summary>What was asked of a server for one token: a step each in the trace of every probe that waits for it.</summary>
internal sealed class LoginCalls(string server, TimeProvider clock)
{
    private readonly string _step = server + " {0} at {1}: {2}";

    private readonly Lock _lock = new();
    private readonly List<Call> _ended = [];
    private Call? _running;

    /// <summary>A call begins; the one before has ended.</summary>
    /// <param name="what">What for: "discovery", "login".</param>
    /// <param name="url">Where.</param>
    public void Begin(string what, Uri url)
    {
        lock (_lock)
        {
            _running = new Call(what, url, clock.GetTimestamp(), 0, StepOutcome.None, "");
        }
    }

    /// <summary>The call that runs has ended.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="found">The answer in words; the reason of a failure is the probe's.</param>
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

    /// <summary>Writes them into a trace; one that still runs has failed that probe by not having ended.</summary>
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
