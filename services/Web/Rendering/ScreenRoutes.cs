using Skypunch.ServiceDefaults.Doors;

namespace Skypunch.Web.Rendering;

/// <summary>Maps screens and forms, with the headers that every answer of the page has.</summary>
public sealed class ScreenRoutes(IEndpointRouteBuilder routes)
{
    /// <summary>A screen for whoever is logged in.</summary>
    public void Screen(string pattern, Func<Visit, Task<IAnswer>> load, bool isForAll = false)
        => routes.MapGet(pattern, (HttpContext http, Screens screens) => screens.ShowAsync(http, load, isForAll));

    /// <summary>A form for whoever is logged in.</summary>
    public void Form(string pattern, Func<Visit, Task<IAnswer>> act, bool isForAll = false)
        => routes.MapPost(pattern, (HttpContext http, Screens screens) => screens.DoAsync(http, act, isForAll));

    /// <summary>The routes of the page: at its own door, where sessions take the place of the admin token.</summary>
    public static RouteGroupBuilder Group(IEndpointRouteBuilder routes, string pathBase)
    {
        var group = routes.MapGroup(pathBase).AllowAnonymous().AtWebDoor();
        group.AddEndpointFilter((context, next) =>
        {
            var headers = context.HttpContext.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers.CacheControl = "no-store";
            headers.Vary = "Accept, Accept-Encoding, Cookie, Accept-Language";
            return next(context);
        });
        return group;
    }
}
