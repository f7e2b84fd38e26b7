namespace Skypunch.Notifier.Channels.Http;

/// <summary>The parameters user, password and token of channels whose receivers take either a login or a token. Pure.</summary>
internal static class LoginParameters
{
    /// <summary>What is wrong with them, each as the end of a sentence that begins with the field's name.</summary>
    public static IEnumerable<string> Faults(ParameterValues values)
    {
        var (user, password, token) = (values.Text("user"), values.Text("password"), values.Text("token"));
        if (user is null != password is null)
        {
            yield return "must have user and password together";
        }

        if (token is not null && user is not null)
        {
            yield return "must have either a token or user and password";
        }

        if (user?.Contains(':') is true)
        {
            yield return "must not have a colon in user";
        }

        if (token?.Any(c => !char.IsAscii(c) || char.IsControl(c)) is true)
        {
            yield return "must have a token of ASCII characters";
        }
    }

    /// <summary>The header that they make; none where there is neither.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Headers(ParameterValues values) => (values.Text("token"), values.Text("user"), values.Text("password")) switch
    {
        ({ } token, _, _) => [HttpCall.Authorization("Bearer", token)],
        (_, { } user, { } password) => [HttpCall.Login(user, password)],
        _ => [],
    };
}
