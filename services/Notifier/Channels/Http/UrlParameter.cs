using Skypunch.Contracts.Texts;

namespace Skypunch.Notifier.Channels.Http;

/// <summary>A parameter that is a URL. Pure.</summary>
internal static class UrlParameter
{
    /// <summary>What is wrong with the value, as the end of a sentence that begins with the field's name; null: nothing, or there is none.</summary>
    public static string? FaultOf(ParameterValues values, string name)
        => values.Text(name) is not { } given ? null : WebUrl.Read(given, out _) switch
        {
            UrlFault.None => null,
            UrlFault.Credentials => $"must not have a user in {name}: it stands in a parameter or header of its own",
            UrlFault.PortZero => $"must have a port from 1 to 65535 in {name}",
            UrlFault.NoHostName or UrlFault.LongHostName => $"must have a host name in {name} that DNS can know",
            _ => $"must have a URL of http or https as {name}",
        };

    /// <summary>The URL.</summary>
    /// <param name="values">Values that the check has passed.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="otherwise">The URL where the parameter is not given.</param>
    public static Uri Of(ParameterValues values, string name, string? otherwise = null) => new(values.Text(name) ?? otherwise ?? throw new ArgumentException($"There is no {name}."));

    /// <summary>A path below a server's URL, which may have a path itself.</summary>
    public static Uri Below(Uri server, string path) => new($"{server.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
}
