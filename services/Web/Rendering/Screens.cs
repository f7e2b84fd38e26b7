using System.Text;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Skypunch.Web.Api;
using Skypunch.Web.Configuration;
using Skypunch.Web.Languages;
using Skypunch.Web.Sessions;

namespace Skypunch.Web.Rendering;

/// <summary>Answers requests with screens. A screen wants a session, unless it is for everybody.</summary>
public sealed class Screens(
    ScreenRenderer renderer,
    LiveScreens live,
    KnownSessions sessions,
    ApiClients api,
    IOptions<WebOptions> options,
    TimeProvider clock)
{
    private const string ToldCookie = "skypunch-told";

    /// <summary>Shows a screen, or goes on telling what changes on it where the browser asks for events.</summary>
    public async Task ShowAsync(HttpContext http, Func<Visit, Task<IAnswer>> load, bool isForAll)
    {
        var visit = await VisitAsync(http);
        if (visit.Session is null && !isForAll)
        {
            await LoginFirstAsync(visit);
        }
        else if (LiveScreens.IsAsked(http))
        {
            await live.FollowAsync(visit, load);
        }
        else
        {
            await AnswerAsync(visit, await TryAsync(visit, load));
        }
    }

    /// <summary>Does what a form asks for.</summary>
    public async Task DoAsync(HttpContext http, Func<Visit, Task<IAnswer>> act, bool isForAll)
    {
        var visit = await VisitAsync(http);
        if (!FormGuard.Allows(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            await http.Response.WriteAsync(visit.Words.Of("Skypunch takes forms of its own pages only."));
        }
        else if (visit.Session is null && !isForAll)
        {
            await LoginFirstAsync(visit);
        }
        else
        {
            await AnswerAsync(visit, await TryAsync(visit, act));
        }
    }

    private async Task<Visit> VisitAsync(HttpContext http)
    {
        var words = Words.In(http.Request.Cookies["skypunch-language"] ?? "") ?? Words.Accepted(http.Request.Headers.AcceptLanguage.ToString());
        return new Visit(http, words, api, options.Value.PathBase, clock.GetUtcNow()) { Session = await sessions.OfAsync(http) };
    }

    private static async Task<IAnswer> TryAsync(Visit visit, Func<Visit, Task<IAnswer>> load)
    {
        try
        {
            return await load(visit);
        }
        catch (RpcException e) when (!visit.Cancelled.IsCancellationRequested)
        {
            return Trouble.ScreenOf(visit, e);
        }
    }

    private async Task AnswerAsync(Visit visit, IAnswer answer)
    {
        if (visit.Cancelled.IsCancellationRequested)
        {
            return;
        }

        var response = visit.Http.Response;
        if (answer is Elsewhere go)
        {
            if (go.Told.Length > 0)
            {
                response.Cookies.Append(ToldCookie, Uri.EscapeDataString(go.Told), new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = $"{visit.PathBase}/", MaxAge = TimeSpan.FromMinutes(1) });
            }

            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = LocationOf($"{visit.PathBase}/{(go.Path == "." ? "" : go.Path)}");
            return;
        }

        var screen = (Screen)answer;
        var told = Uri.UnescapeDataString(visit.Http.Request.Cookies[ToldCookie] ?? "");
        if (told.Length > 0)
        {
            response.Cookies.Delete(ToldCookie, new() { Path = $"{visit.PathBase}/" });
        }

        response.StatusCode = screen.Status;
        response.ContentType = "text/html; charset=utf-8";
        await Packed.WriteAsync(visit.Http, Encoding.UTF8.GetBytes(await renderer.DocumentAsync(visit, screen, told)), visit.Cancelled);
    }

    // A header takes ASCII alone, and a path may have any letter.
    private static string LocationOf(string path) => new Uri($"http://page{path}").GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);

    private Task LoginFirstAsync(Visit visit)
        => LiveScreens.IsAsked(visit.Http)
            ? Task.FromResult(visit.Http.Response.StatusCode = StatusCodes.Status401Unauthorized)
            : AnswerAsync(visit, new Elsewhere($"login?to={Uri.EscapeDataString(HttpMethods.IsGet(visit.Http.Request.Method) ? visit.Here : "")}"));
}
