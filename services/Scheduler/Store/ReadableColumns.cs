using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>A row of <c>targets</c> that is read column by column, since a value edited by hand in SQL may be unreadable.</summary>
/// <param name="Target">The row. A column that cannot be read has its default.</param>
/// <param name="Faults">What is wrong with which column.</param>
internal sealed record ReadableColumns(Target Target, IReadOnlyList<string> Faults)
{
    private static readonly PropertyInfo[] Texts = [.. typeof(Target).GetProperties().Where(property => property.PropertyType == typeof(string))];

    private static readonly PropertyInfo[] NotNullTexts = [.. Texts.Where(text => new NullabilityInfoContext().Create(text).ReadState is NullabilityState.NotNull)];

    /// <summary>Reads a row column by column, each as EF Core reads it. Null: there is no such row.</summary>
    public static async Task<ReadableColumns?> ReadAsync(SchedulerDb db, long id, CancellationToken cancellationToken)
        => await ReadAsync(db, [id], cancellationToken) is [var row] ? row : null;

    /// <summary>Reads the rows column by column, each as EF Core reads it.</summary>
    public static async Task<List<ReadableColumns>> ReadAsync(SchedulerDb db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var rows = new List<ReadableColumns>(ids.Count);
        if (ids.Count == 0)
        {
            return rows;
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = Select(db, ids);
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction(); // MySqlConnector requires it
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
            {
                rows.Add(Read(db, row.GetInt64(0), row));
            }

            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Whether a text of the target may be too long. The check is cheap, since it runs for every claimed row.</summary>
    public static bool MayBeTooLong(Target t)
        => t.Headers is Target.TooLong || t.Body is Target.TooLong || t.TlsParms is Target.TooLong || t.Assertions is Target.TooLong
            || t.Name.Length + t.Url.Length + t.Method.Length + t.Authn.Length + t.PassResult.Length + t.HttpVersion.Length + t.IpFamily.Length + Length(t.AuthnParms)
                + Length(t.ContentType) + Length(t.ServiceType) + Length(t.RegionName) + Length(t.Interface) + Length(t.Proxy) + Length(t.QuerySecrets) > Target.LongestText;

    /// <summary>
    /// What is wrong with a target that can be read: texts that are too long to be sent to a Prober, and texts that are NULL but must not
    /// be.
    /// </summary>
    public static IReadOnlyList<string> FaultsOf(Target target) =>
    [
        .. Texts.Where(text => text.GetValue(target) is string { Length: > Target.LongestText } or Target.TooLong).Select(text => TooLong(text.Name)),
        .. NotNullTexts.Where(text => text.GetValue(target) is null).Select(text => $"the column {SnakeCaseNames.Of(text.Name)} is NULL"),
    ];

    /// <summary>Sets texts that are NULL but must not be to the empty text.</summary>
    public static void FillIn(Target target)
    {
        foreach (var text in NotNullTexts.Where(text => text.GetValue(target) is null))
        {
            text.SetValue(target, "");
        }
    }

    // A text that is too long is not read, since it may have many megabytes. The query returns a marker instead.
    private static string Select(SchedulerDb db, IEnumerable<long> ids)
    {
        var length = db.IsSqlite ? "length" : "CHAR_LENGTH";
        var columns = ColumnsOf(db).Select(property => property.ClrType == typeof(string)
            ? $"CASE WHEN {length}({Column(property)}) > {Target.LongestText} THEN '{Target.TooLong}' ELSE {Column(property)} END AS {Column(property)}"
            : Column(property));
        return $"SELECT id, {string.Join(", ", columns)} FROM targets WHERE id IN ({string.Join(',', ids)})";
    }

    private static ReadableColumns Read(SchedulerDb db, long id, DbDataReader row)
    {
        var (target, faults) = (new Target { Id = id, Name = "", Url = "" }, new List<string>());
        var at = 1; // column 0 is the id
        foreach (var property in ColumnsOf(db))
        {
            try
            {
                var value = ColumnValue.Read(property, row, at++);
                property.PropertyInfo!.SetValue(target, value);
            }
            catch (Exception e) when (e.GetBaseException().MayBeOfRow())
            {
                faults.Add($"the column {Column(property)} cannot be read: {OneLine.Of(e.GetBaseException().Message)}");
            }
        }

        return new ReadableColumns(target, [.. faults, .. FaultsOf(target)]);
    }

    private static int Length(string? text) => text?.Length ?? 0;

    private static string TooLong(string property) => $"the column {SnakeCaseNames.Of(property)} has more than {Target.LongestText} characters";

    // But not what the database computes of others.
    private static IEnumerable<IProperty> ColumnsOf(SchedulerDb db) => db.Model.FindEntityType(typeof(Target))!.GetProperties().Where(property => !property.IsShadowProperty());

    private static string Column(IProperty property) => property.GetColumnName();
}
