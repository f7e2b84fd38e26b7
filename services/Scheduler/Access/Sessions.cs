using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Access;

/// <summary>The sessions of the page, in the table <c>sessions</c>.</summary>
internal sealed class Sessions(SchedulerDb db, TimeProvider clock)
{
    private const int MostListed = 1000;

    /// <summary>Makes a code that opens one session.</summary>
    public async Task<(string Code, DateTimeOffset ExpiresAt)> AddCodeAsync(CancellationToken cancellationToken)
    {
        var expiresAt = clock.GetUtcNow() + SessionLife.OfCode;
        var (_, code) = await AddAsync("", isCode: true, expiresAt, cancellationToken);
        return (code, expiresAt);
    }

    /// <summary>Opens a session.</summary>
    /// <returns>The session and its secret.</returns>
    public Task<(SessionRow Session, string Secret)> AddAsync(string client, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return AddAsync(client, isCode: false, SessionLife.EndOf(now, now), cancellationToken);
    }

    /// <summary>Uses a code up.</summary>
    /// <returns>Whether it was valid.</returns>
    public async Task<bool> TakeCodeAsync(string code, CancellationToken cancellationToken)
    {
        var (hash, now) = (SessionSecret.HashOf(code), clock.GetUtcNow());
        return await db.Sessions.Where(s => s.SecretHash == hash && s.IsCode && s.ExpiresAt > now).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    /// <summary>The session of a secret, which is used now; null: there is none, or it has ended.</summary>
    public async Task<SessionRow?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var (hash, now) = (SessionSecret.HashOf(secret), clock.GetUtcNow());
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.SecretHash == hash && !s.IsCode && s.ExpiresAt > now, cancellationToken);
        if (session is not null && now - session.LastUsedAt >= SessionLife.Step)
        {
            (session.LastUsedAt, session.ExpiresAt) = (now, SessionLife.EndOf(session.CreatedAt, now));
            await db.Sessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.LastUsedAt, session.LastUsedAt).SetProperty(s => s.ExpiresAt, session.ExpiresAt),
                cancellationToken);
        }

        return session;
    }

    /// <summary>The sessions that have not ended, the last used one first.</summary>
    public Task<List<SessionRow>> ListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Sessions.AsNoTracking().Where(s => !s.IsCode && s.ExpiresAt > now).OrderByDescending(s => s.LastUsedAt).ThenBy(s => s.Id).Take(MostListed)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends a session.</summary>
    /// <returns>The session as it was; null: there is none with this id.</returns>
    public async Task<SessionRow?> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && !s.IsCode, cancellationToken);
        return session is not null && await db.Sessions.Where(s => s.Id == id).ExecuteDeleteAsync(cancellationToken) == 1 ? session : null;
    }

    private async Task<(SessionRow Session, string Secret)> AddAsync(string client, bool isCode, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken); // whoever comes clears what has ended
        var secret = SessionSecret.New();
        var session = new SessionRow
        {
            SecretHash = SessionSecret.HashOf(secret),
            IsCode = isCode,
            Client = client,
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = expiresAt,
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return (session, secret);
    }
}
