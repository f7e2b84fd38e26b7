using System.Collections.Concurrent;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Web.Api;

namespace Skypunch.Web.Sessions;

/// <summary>
/// The sessions that browsers show. The admin API knows them; what it said is believed for ten seconds, so that a session which is ended
/// somewhere has ended everywhere after that.
/// </summary>
public sealed class KnownSessions(ApiClients api, TimeProvider clock)
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Known> _known = new();

    /// <summary>The session of a request; null: there is none.</summary>
    /// <exception cref="RpcException">The admin API does not answer.</exception>
    public async Task<PageSession?> OfAsync(HttpContext http)
    {
        var secret = SessionCookie.Read(http);
        if (secret.Length == 0)
        {
            return null;
        }

        if (_known.TryGetValue(secret, out var known) && clock.GetElapsedTime(known.AskedAt) < Fresh)
        {
            return known.Session;
        }

        try
        {
            var session = (await api.Access.FindSessionAsync(new() { Secret = secret }, cancellationToken: http.RequestAborted)).Session;
            if (_known.Count >= MostKept)
            {
                _known.Clear();
            }

            _known[secret] = new Known(session, clock.GetTimestamp());
            return session;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            _known.TryRemove(secret, out _);
            return null;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable && known is not null)
        {
            return known.Session; // the screen says what does not answer
        }
    }

    /// <summary>Forgets a session that has ended.</summary>
    public void Forget(long id)
    {
        foreach (var (secret, known) in _known)
        {
            if (known.Session.Id == id)
            {
                _known.TryRemove(secret, out _);
            }
        }
    }

    private sealed record Known(PageSession Session, long AskedAt);
}
