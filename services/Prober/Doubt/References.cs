using Microsoft.Extensions.Options;
using Skypunch.Prober.Settings;

namespace Skypunch.Prober.Doubt;

/// <summary>
/// The addresses of the setting Prober:References, which answer while this Prober's network works. An address that has never answered is a
/// fault of the settings, and says nothing of the network.
/// </summary>
internal sealed partial class References
{
    private readonly (string Host, int Port)[] _all;
    private readonly bool[] _known;
    private readonly Contact _contact;
    private readonly ILogger<References> _logger;

    public References(IOptions<ProberOptions> options, Contact contact, ILogger<References> logger)
    {
        _all = [.. Split(options.Value.References).Select(text => Parse(text)!.Value)];
        _known = new bool[_all.Length];
        _contact = contact;
        _logger = logger;
    }

    /// <summary>Whether there is a reference that has answered before.</summary>
    public bool IsAny => Array.IndexOf(_known, true) >= 0;

    /// <summary>Looks which references answer at the start.</summary>
    public async Task LearnAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Ask(cancellationToken));
        foreach (var (host, port) in _all.Where((_, at) => !_known[at]))
        {
            LogDoesNotAnswer(host, port);
        }
    }

    /// <summary>Tries each reference.</summary>
    public IEnumerable<Task<bool>> Ask(CancellationToken cancellationToken) => _all.Select((_, at) => AskAsync(at, cancellationToken));

    /// <summary>Whether all of a setting's references are "host:port" or a URL.</summary>
    public static bool AreValid(string? text) => Split(text).All(one => Parse(one) is not null);

    private async Task<bool> AskAsync(int at, CancellationToken cancellationToken)
        => await _contact.IsMadeAsync(_all[at].Host, _all[at].Port, cancellationToken) && (_known[at] = true);

    private static string[] Split(string? text) => (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string Host, int Port)? Parse(string text)
        => Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"tcp://{text}", UriKind.Absolute, out var uri) && uri is { Port: > 0, DnsSafeHost.Length: > 0 }
            ? (uri.DnsSafeHost, uri.Port)
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reference {Host}:{Port} of Prober:References does not answer. It is ignored until it has answered once.")]
    private partial void LogDoesNotAnswer(string host, int port);
}
