using Skypunch.Admin.V1;
using Skypunch.Web.Languages;
using Skypunch.Web.Rendering;
using Skypunch.Web.Sessions;

namespace Skypunch.Web.Settings;

/// <summary>What a viewer sets for this browser, the sessions, and the Probers.</summary>
public static class SettingsScreens
{
    public static void Map(ScreenRoutes routes, KnownSessions sessions)
    {
        routes.Screen("/settings", ShowAsync);
        routes.Form("/settings/view", SetViewAsync);
        routes.Form("/settings/sessions/{id:long}/end", visit => EndAsync(visit, sessions));
    }

    private static async Task<IAnswer> ShowAsync(Visit visit)
    {
        var open = (await visit.Api.Access.ListSessionsAsync(new(), cancellationToken: visit.Cancelled)).Sessions;
        var status = await visit.Api.System.GetSystemStatusAsync(new(), cancellationToken: visit.Cancelled);
        return Screen.Of<SettingsScreen, SettingsModel>(visit.Words.Of("Settings"), "settings", new(open, status.Probers));
    }

    private static async Task<IAnswer> SetViewAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Cancelled);
        var (language, theme) = (form["language"].ToString(), form["theme"].ToString());
        Keep(visit, "skypunch-language", Words.In(language) is null ? "" : language);
        Keep(visit, "skypunch-theme", theme is "light" or "dark" ? theme : "");
        return new Elsewhere("settings", (Words.In(language) ?? visit.Words).Of("Saved for this browser."));
    }

    private static async Task<IAnswer> EndAsync(Visit visit, KnownSessions sessions)
    {
        await visit.Api.Access.DeleteSessionAsync(new() { Id = visit.Id }, cancellationToken: visit.Cancelled);
        sessions.Forget(visit.Id);
        return new Elsewhere(visit.Id == visit.Session!.Id ? "login" : "settings", visit.Words.Of("The session has ended."));
    }

    private static void Keep(Visit visit, string cookie, string value)
    {
        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = $"{visit.PathBase}/", MaxAge = TimeSpan.FromDays(365) };
        if (value.Length > 0)
        {
            visit.Http.Response.Cookies.Append(cookie, value, options);
        }
        else
        {
            visit.Http.Response.Cookies.Delete(cookie, options);
        }
    }
}

/// <summary>The sessions that have not ended, and the Probers that live.</summary>
public sealed record SettingsModel(IReadOnlyList<PageSession> Sessions, IReadOnlyList<Prober> Probers);
