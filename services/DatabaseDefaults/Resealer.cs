using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// While keys are changed: seals again, with the key, what only the second key opens, in every text column of one table, until the second key is needed no more.
/// Any number of processes may do so at once; a text that somebody has changed in the meantime is left alone.
/// </summary>
internal sealed partial class Resealer<TContext, TRow> : WorkLoop
    where TContext : DbContext
{
    private const int RowsAtOnce = 500;

    private readonly string _purpose;
    private readonly IServiceScopeFactory _scopes;
    private readonly SecretBox _box;
    private readonly ILogger<Resealer<TContext, TRow>> _logger;

    public Resealer(
        string purpose,
        IServiceScopeFactory scopes,
        SecretBox box,
        BusGate busGate,
        TimeProvider clock,
        ILogger<Resealer<TContext, TRow>> logger)
        : base(busGate, clock, logger)
    {
        _purpose = purpose;
        _scopes = scopes;
        _box = box;
        _logger = logger;
        Wake();
    }

    // A replica that has not been told of the new key yet may seal with the old one.
    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (!_box.HasOtherKey)
        {
            return;
        }

        await using var scope = _scopes.CreateAsyncScope();
        await ResealAsync(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);
    }

    /// <summary>Goes through the table once.</summary>
    internal async Task ResealAsync(TContext db, CancellationToken cancellationToken)
    {
        var rows = db.Model.FindEntityType(typeof(TRow))!;
        var table = StoreObjectIdentifier.Create(rows, StoreObjectType.Table)!.Value;
        var names = db.GetService<ISqlGenerationHelper>();
        var (resealed, unreadable) = (0, 0);
        foreach (var property in rows.GetProperties().Where(property => property.ClrType == typeof(string)))
        {
            var (done, failed) = await ResealAsync(
                db.Database, names.DelimitIdentifier(table.Name), names.DelimitIdentifier(property.GetColumnName(table)!), cancellationToken);
            (resealed, unreadable) = (resealed + done, unreadable + failed);
        }

        if (unreadable > 0)
        {
            LogUnreadable(table.Name, unreadable);
        }

        LogResealed(table.Name, resealed);
    }

    private async Task<(int Resealed, int Unreadable)> ResealAsync(DatabaseFacade database, string table, string column, CancellationToken cancellationToken)
    {
        var (resealed, unreadable, last) = (0, 0, 0L);
        List<SealedText> texts;
        do
        {
#pragma warning disable EF1002, EF1003 // the names are those of our model
            texts = await database.SqlQueryRaw<SealedText>(
                $"SELECT id AS Id, {column} AS Text FROM {table} WHERE id > {{0}} AND {column} LIKE 'enc:v1:%' ORDER BY id LIMIT {RowsAtOnce}",
                last).ToListAsync(cancellationToken);
            foreach (var text in texts)
            {
                last = text.Id;
                if (TryReseal(text.Text, out var anew))
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

    private bool TryReseal(string text, out string? anew)
    {
        try
        {
            anew = _box.Reseal(_purpose, text);
            return true;
        }
        catch (CryptographicException)
        {
            anew = null;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Resealed} secrets of the table {Table} were sealed with Secrets:Key again; none needs Secrets:OtherKey any more.")]
    private partial void LogResealed(string table, int resealed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Unreadable} secrets of the table {Table} open with neither key: they have to be entered anew.")]
    private partial void LogUnreadable(string table, int unreadable);

    private sealed record SealedText(long Id, string Text);
}
