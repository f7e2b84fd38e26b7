using Skypunch.Cli.Daemon;
using Skypunch.Cli.Faults;

namespace Skypunch.Cli.Connection;

/// <summary>Which server a verb talks to, and the token that it shows there.</summary>
internal sealed record ServerChoice(Uri Address, string? Token)
{
    /// <summary>Where a daemon listens when nobody said otherwise.</summary>
    public const string DefaultAddress = "http://127.0.0.1:7413";

    /// <summary>
    /// The server is <c>--server</c>, else SKYPUNCH_SERVER, else the daemon of the data folder, else the default address. The token is
    /// that of <c>--token-file</c>, SKYPUNCH_TOKEN or SKYPUNCH_TOKEN_FILE, else the daemon's own. The daemon's own token is
    /// shown to that daemon alone, and only while it runs: later another program may listen on its port.
    /// </summary>
    public static ServerChoice Resolve(string? serverOption, string? tokenFileOption, DataFolder data, Func<string, string?> environment)
    {
        var daemon = DaemonInfo.ReadRunning(data);
        var address = serverOption is not null ? Parse(serverOption, "--server")
            : environment("SKYPUNCH_SERVER") is { } server ? Parse(server, "SKYPUNCH_SERVER")
            : Parse(daemon?.AdminUrl ?? DefaultAddress, data.DaemonFile);

        var token = tokenFileOption is not null ? ReadToken(tokenFileOption)
            : environment("SKYPUNCH_TOKEN") is { } given ? given.Trim()
            : environment("SKYPUNCH_TOKEN_FILE") is { } file ? ReadToken(file)
            : IsOf(daemon) && File.Exists(data.TokenFile) ? ReadToken(data.TokenFile)
            : null;
        return new(address, token);

        bool IsOf(DaemonInfo? local) => local is not null && address == Parse(local.AdminUrl, data.DaemonFile);
    }

    /// <summary>The address as the user may type it.</summary>
    public string Display => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether this is the server of an address that a daemon gave.</summary>
    public bool IsAt(string adminUrl) => Uri.TryCreate(adminUrl, UriKind.Absolute, out var uri) && uri == Address;

    private static Uri Parse(string text, string source)
        => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? uri
            : throw CliFault.Usage($"{source}: must be http://HOST:PORT or https://HOST:PORT");

    private static string ReadToken(string file)
    {
        try
        {
            var token = File.ReadAllText(file).Trim();
            return token.Length > 0 && token.All(c => c is > ' ' and < '\x7F')
                ? token
                : throw CliFault.Local($"the token file {file} must hold one token: a line of printable ASCII without spaces");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliFault.Local($"the token file {file} cannot be read: {e.Message}");
        }
    }
}
