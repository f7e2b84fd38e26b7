using Grpc.Core;
using Skypunch.Web.Rendering;
using Skypunch.Web.Sessions;

namespace Skypunch.Web.Login;

/// <summary>Logging in: by a link that <c>skypunch open</c> has made, or by the admin token. And out again.</summary>
public static class LoginScreens
{
    public static void Map(ScreenRoutes routes, KnownSessions sessions)
    {
        routes.Screen("/login", visit => Task.FromResult<IAnswer>(visit.Session is null ? Form(visit, visit.Query("to"), "") : new Elsewhere(Place(visit.Query("to")))), isForAll: true);
        routes.Form("/login", LogInAsync, isForAll: true);
        routes.Screen("/login/{code}", visit => OpenAsync(visit, (string)visit.Http.Request.RouteValues["code"]!), isForAll: true);
        routes.Form("/logout", visit => LogOutAsync(visit, sessions));
    }

    private static async Task<IAnswer> LogInAsync(Visit visit)
    {
        var form = await visit.Http.Request.ReadFormAsync(visit.Cancelled);
        var (token, to) = (form["token"].ToString().Trim(), form["to"].ToString());
        if (token.Length == 0)
        {
            return Form(visit, to, visit.Words.Of("Paste the admin token, or use 'skypunch open'."));
        }

        try
        {
            var credentials = new Metadata { { "Authorization", $"Bearer {token}" } };
            return await EnterAsync(visit, "", credentials, to);
        }
        catch (Exception e) when (e is RpcException { StatusCode: StatusCode.Unauthenticated or StatusCode.PermissionDenied } or ArgumentException)
        {
            return Form(visit, to, visit.Words.Of("This is not the admin token."));
        }
    }

    private static async Task<IAnswer> OpenAsync(Visit visit, string code)
    {
        try
        {
            return await EnterAsync(visit, code, [], "");
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unauthenticated)
        {
            return visit.Session is null ? Form(visit, "", visit.Words.Of(e.Status.Detail)) : new Elsewhere(".");
        }
    }

    private static async Task<IAnswer> EnterAsync(Visit visit, string code, Metadata credentials, string to)
    {
        var client = visit.Http.Request.Headers.UserAgent.ToString();
        var clients = credentials.Count == 0 ? visit.Api.Access : visit.Api.AccessWithoutToken;
        var opened = await clients.CreateSessionAsync(new() { Code = code, Client = client }, credentials, cancellationToken: visit.Cancelled);
        SessionCookie.Write(visit.Http, opened.Secret, opened.Session.CreateTime.ToDateTimeOffset().AddDays(90));
        return new Elsewhere(Place(to));
    }

    private static async Task<IAnswer> LogOutAsync(Visit visit, KnownSessions sessions)
    {
        await visit.Api.Access.DeleteSessionAsync(new() { Id = visit.Session!.Id }, cancellationToken: visit.Cancelled);
        sessions.Forget(visit.Session.Id);
        SessionCookie.Delete(visit.Http);
        return new Elsewhere("login", visit.Words.Of("You are logged out."));
    }

    private static Screen Form(Visit visit, string to, string fault)
        => Screen.Of<LoginScreen, LoginForm>(visit.Words.Of("Log in"), "", new(Place(to), fault)) with
        {
            IsBare = true,
            Status = fault.Length > 0 ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK,
        };

    // A path of the page itself: never another site's address, which "//host" and "/\host" would be to a browser.
    private static string Place(string to) => to.Length == 0 || to.StartsWith('/') || to.StartsWith('\\') || to.Contains(':') || to.Any(char.IsControl) ? "." : to;
}

/// <summary>The form of the login.</summary>
/// <param name="To">Where it goes on to.</param>
/// <param name="Fault">What was wrong; empty: nothing yet.</param>
public sealed record LoginForm(string To, string Fault);
