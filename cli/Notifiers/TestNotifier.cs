using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers ID test</c>: a message at once.</summary>
internal static class TestNotifier
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    public static VerbCommand Create(VerbRunner runner, IdArgument id)
        => new VerbCommand("test", "Sends a test message at once. The counters stay as they are.")
        {
            Usage = ["notifiers ID test", "notifiers test ID"],
            Examples = [("notifiers 1 test", "Says where it went, or why it could not.")],
            Remarks = "Exit codes: 0 the message was accepted, 2 it was not, 3 not known because it could not be tried "
                + "(server not reachable, no such notifier).",
        }.With(id.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            session.ExitCodeOfErrors = ExitCodes.TestUnknown;
            var request = new TestNotifierRequest { Id = await session.FindNotifierAsync(id, cancellationToken) };
            var work = session.Api.Notifiers.TestNotifierAsync(request, session.Call(cancellationToken, Timeout)).ResponseAsync;
            var answer = await session.Progress("sending").WatchAsync(work);
            var verdict = answer.Delivered ? "PASS" : "FAIL";
            session.Show(
                new NotifierTestJson(answer.Notifier.Id, answer.Notifier.Name, answer.Delivered, answer.Description),
                NotifierShapes.Json.NotifierTestJson,
                () => session.Say($"[{answer.Notifier.Id}] {answer.Notifier.Name} {verdict} ({answer.Description})"));
            return answer.Delivered ? ExitCodes.Ok : ExitCodes.TestFailed;
        });
}
