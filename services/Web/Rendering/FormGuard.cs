namespace Skypunch.Web.Rendering;

/// <summary>
/// Whether a form was sent by a page of ours. Browsers say so in <c>Sec-Fetch-Site</c>, and in <c>Origin</c>, which the listener has compared with
/// the host already. A request with neither comes from no form. Pure.
/// </summary>
public static class FormGuard
{
    public static bool Allows(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => true,
        "" => request.Headers.Origin.Count > 0,
        _ => false,
    };
}
