using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Skypunch.Prober.Doubt;

/// <summary>Addresses that answer as long as this Prober's network is well. One that has never answered is a fault of the settings, and tells nothing.</summary>
internal sealed partial class References
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly (string Host, int Port)[] _all;
    private readonly bool[] _known;
    private readonly TimeProvider _clock;
    private readonly ILogger<References> _logger;

    public References(IOptions<ProberOptions> options, TimeProvider clock, ILogger<References> logger)
    {
        _all = [.. Split(options.Value.References).Select(text => Parse(text)!.Value)];
        _known = new bool[_all.Length];
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Whether there is one to ask that has answered before.</summary>
    public bool IsAny => Array.IndexOf(_known, true) >= 0;

    /// <summary>Looks which references answer at the start.</summary>
    public async Task LearnAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_all.Select((_, at) => AskAsync(at, cancellationToken)));
        foreach (var (host, port) in _all.Where((_, at) => !_known[at]))
        {
            LogDoesNotAnswer(host, port);
        }
    }

    /// <summary>Whether one of them answers: takes a connection, within a second.</summary>
    public async Task<bool> AnswerAsync(CancellationToken cancellationToken)
    {
        var asked = Enumerable.Range(0, _all.Length).Select(at => AskAsync(at, cancellationToken)).ToList();
        while (asked.Count > 0)
        {
            var first = await Task.WhenAny(asked);
            if (await first)
            {
                return true;
            }

            asked.Remove(first);
        }

        return false;
    }

    /// <summary>Whether all of a setting's references are "host:port" or a URL.</summary>
    public static bool AreValid(string? text) => Split(text).All(one => Parse(one) is not null);

    private async Task<bool> AskAsync(int at, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(_all[at].Host, _all[at].Port, either.Token);
            return _known[at] = true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string[] Split(string? text) => (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string Host, int Port)? Parse(string text)
        => Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"tcp://{text}", UriKind.Absolute, out var uri) && uri is { Port: > 0, DnsSafeHost.Length: > 0 }
            ? (uri.DnsSafeHost, uri.Port)
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reference {Host}:{Port} of Prober:References does not answer. Until it does it tells nothing of this Prober's network.")]
    private partial void LogDoesNotAnswer(string host, int port);
}
