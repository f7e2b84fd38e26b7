using System.ComponentModel;
using System.Diagnostics;
using Skypunch.Admin.V1;
using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.StartStop;

/// <summary><c>skypunch open</c>: makes a link that logs in to the page, prints it, and opens it in a browser where there is one.</summary>
internal static class OpenVerb
{
    private const string PageVariable = "SKYPUNCH_PAGE";

    public static VerbCommand Create(VerbRunner runner)
    {
        var page = Parsed.Text("--page", "URL", $"Where the page is, where it is not the daemon's. Default: {PageVariable}.");
        return new VerbCommand("open", "Opens the page in a browser, logged in.")
        {
            Usage = ["open [--page URL]"],
            Examples =
            [
                ("open", "Opens the page of the daemon; the link is valid for a minute, and once."),
                ("open --server https://skypunch.example.org:7413 --page https://skypunch.example.org", "Opens the page of a cluster."),
            ],
        }.With(page).Does(runner, async (session, cancellationToken) =>
        {
            var address = AddressOf(session, session.Given.GetValue(page));
            var made = await session.Api.Access.CreateLoginCodeAsync(new CreateLoginCodeRequest(), session.Call(cancellationToken));
            var link = $"{address.TrimEnd('/')}/login/{made.Code}";
            var isOpened = !session.Json && TryOpen(link, session.Surroundings);
            session.Show(
                new OpenedJson(link, made.ExpireTime.ToDateTimeOffset()),
                DaemonShapes.Json.OpenedJson,
                () =>
                {
                    session.Say(isOpened ? "The page opens in your browser. If it does not, this link logs you in, within a minute and once:" : "This link logs you in, within a minute and once:");
                    session.Say(link);
                });
            return ExitCodes.Ok;
        });
    }

    private static string AddressOf(Session session, string? given)
    {
        var daemon = DaemonInfo.ReadRunning(session.Data);
        var address = given ?? session.Surroundings.Environment(PageVariable) ?? (daemon is not null && session.Api.Server.IsAt(daemon.AdminUrl) ? daemon.WebUrl : null);
        return address is null
            ? throw CliFault.Usage($"where is the page of {session.Api.Server.Display}? Give its address with --page, or in {PageVariable}")
            : Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? address
                : throw CliFault.Usage($"{(given is null ? PageVariable : "--page")}: must be http://HOST or https://HOST");
    }

    // Whoever is on another machine, or has no screen, reads the link.
    private static bool TryOpen(string link, Surroundings surroundings)
    {
        var hasScreen = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            || surroundings.Environment("DISPLAY") is { Length: > 0 } || surroundings.Environment("WAYLAND_DISPLAY") is { Length: > 0 };
        if (!hasScreen || surroundings.Environment("SSH_CONNECTION") is { Length: > 0 })
        {
            return false;
        }

        try
        {
            var start = OperatingSystem.IsWindows()
                ? new ProcessStartInfo(link) { UseShellExecute = true }
                : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [link]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start);
            return process is not null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>The link, for programs.</summary>
/// <param name="Url">The link, which opens one session.</param>
/// <param name="ExpiresAt">Until when it is valid.</param>
internal sealed record OpenedJson(string Url, DateTimeOffset ExpiresAt);
