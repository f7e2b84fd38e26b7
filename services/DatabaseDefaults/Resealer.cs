using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Seals secrets of one table again: those that an older release has sealed for the table only, and, while keys are being changed, those
/// that only the second key opens. It stops when no such secret is left. It reads a few hundred rows at a time, and any number of processes
/// may do this at once. A text that somebody has changed meanwhile stays as it is.
/// </summary>
internal sealed partial class Resealer<TContext, TRow> : WorkLoop
    where TContext : DbContext
{
    private const int RowsAtOnce = 500;

    private readonly SecretPurpose _purpose;
    private readonly IReadOnlyList<string> _columns;
    private readonly IServiceScopeFactory _scopes;
    private readonly SecretBox _box;
    private readonly ILogger<Resealer<TContext, TRow>> _logger;
    private bool _isDone;

    public Resealer(
        SecretPurpose purpose,
        IReadOnlyList<string> columns,
        IServiceScopeFactory scopes,
        SecretBox box,
        BusGate busGate,
        TimeProvider clock,
        ILogger<Resealer<TContext, TRow>> logger)
        : base(busGate, clock, logger)
    {
        _purpose = purpose;
        _columns = columns;
        _scopes = scopes;
        _box = box;
        _logger = logger;
        Wake();
    }

    // It runs repeatedly, since a replica that does not have the new key yet, or is of an older release, may still seal in the old way.
    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (_isDone)
        {
            return;
        }

        await using var scope = _scopes.CreateAsyncScope();
        _isDone = await ResealAsync(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken) == 0 && !_box.HasOtherKey;
    }

    /// <summary>Goes through the table once.</summary>
    /// <returns>How many secrets were sealed again.</returns>
    internal async Task<int> ResealAsync(TContext db, CancellationToken cancellationToken)
    {
        var rows = db.Model.FindEntityType(typeof(TRow))!;
        var table = StoreObjectIdentifier.Create(rows, StoreObjectType.Table)!.Value;
        var names = db.GetService<ISqlGenerationHelper>();
        var (resealed, unreadable) = (0, 0);
        foreach (var column in _columns)
        {
            var (done, failed) = await ResealAsync(db.Database, names.DelimitIdentifier(table.Name), column, names.DelimitIdentifier(column), cancellationToken);
            (resealed, unreadable) = (resealed + done, unreadable + failed);
        }

        if (unreadable > 0)
        {
            LogUnreadable(table.Name, unreadable);
        }

        LogResealed(table.Name, resealed);
        return resealed;
    }

    private async Task<(int Resealed, int Unreadable)> ResealAsync(
        DatabaseFacade database,
        string table,
        string name,
        string column,
        CancellationToken cancellationToken)
    {
        var old = _box.HasOtherKey ? SecretBox.SealedPattern : SecretBox.OldPattern;
        var (resealed, unreadable, last) = (0, 0, 0L);
        List<SealedText> texts;
        do
        {
#pragma warning disable EF1002, EF1003 // the names in the SQL come from the model
            texts = await database.SqlQueryRaw<SealedText>(
                $"SELECT id AS Id, {column} AS Text FROM {table} WHERE id > {{0}} AND {column} LIKE {{1}} ORDER BY id LIMIT {RowsAtOnce}",
                last,
                old).ToListAsync(cancellationToken);
            foreach (var text in texts)
            {
                last = text.Id;
                if (TryReseal(SecretPlace.InRow(_purpose, name, text.Id), text.Text, out var anew))
                {
                    resealed += anew is null ? 0 : await database.ExecuteSqlRawAsync(
                        $"UPDATE {table} SET {column} = {{0}} WHERE id = {{1}} AND {column} = {{2}}", [anew, text.Id, text.Text], cancellationToken);
                }
                else
                {
                    unreadable++;
                }
            }
#pragma warning restore EF1002, EF1003
        }
        while (texts.Count == RowsAtOnce);
        return (resealed, unreadable);
    }

    private bool TryReseal(SecretPlace place, string text, out string? anew)
    {
        try
        {
            anew = _box.Reseal(place, text);
            return true;
        }
        catch (CryptographicException)
        {
            anew = null;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Resealed} secrets of the table {Table} were sealed with Secrets:Key again; none needs an older key any more.")]
    private partial void LogResealed(string table, int resealed);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Unreadable} secrets of the table {Table} were sealed with a key that this service does not have, or for another row or column: they have to be entered again.")]
    private partial void LogUnreadable(string table, int unreadable);

    private sealed record SealedText(long Id, string Text);
}
