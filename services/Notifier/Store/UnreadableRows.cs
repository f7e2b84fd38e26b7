using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

/// <summary>
/// Finds out what keeps a delivery from being read, column by column: in its own row, its announcement's or its notifier's. A row edited by
/// hand in SQL may hold anything.
/// </summary>
internal sealed class UnreadableRows(NotifierDb db)
{
    /// <summary>Whether an exception may come from a row that cannot be read, and not from a fault of the database.</summary>
    public static bool MayCause(Exception exception)
        => exception is MySqlConnector.MySqlConversionException || (exception is not OperationCanceledException && !DatabaseFault.Is(exception));

    /// <summary>What is wrong with a delivery.</summary>
    /// <returns>The fault in words, on one line; null: all columns can be read.</returns>
    public async Task<string?> FaultAsync(long deliveryId, CancellationToken cancellationToken)
        => await FaultAsync<Delivery>("the delivery's row", "id = @id", deliveryId, cancellationToken)
            ?? await FaultAsync<Announcement>(
                "the stored change", "change_id = (SELECT change_id FROM deliveries WHERE id = @id)", deliveryId, cancellationToken)
            ?? await FaultAsync<StoredNotifier>(
                "the notifier's row", "id = (SELECT notifier_id FROM deliveries WHERE id = @id)", deliveryId, cancellationToken);

    private async Task<string?> FaultAsync<TRow>(string name, string condition, long deliveryId, CancellationToken cancellationToken)
    {
        var type = db.Model.FindEntityType(typeof(TRow))!;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // the names are those of our model
        command.CommandText = $"SELECT {string.Join(", ", type.GetProperties().Select(p => $"`{p.GetColumnName()}`"))} FROM {type.GetTableName()} WHERE {condition}";
#pragma warning restore CA2100
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("@id", deliveryId);
        command.Parameters.Add(id);
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken)
                ? type.GetProperties().Index().Select(column => Fault(row, column.Index, column.Item, name)).FirstOrDefault(fault => fault is not null)
                : $"{name} is not there";
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static string? Fault(DbDataReader row, int ordinal, IProperty column, string name)
    {
        try
        {
            if (row.IsDBNull(ordinal))
            {
                return column.IsNullable ? null : $"{name} has nothing in the column {column.GetColumnName()}";
            }

            var mapping = column.GetRelationalTypeMapping();
            var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
            var value = Read(row, ordinal, Nullable.GetUnderlyingType(type) ?? type);
            mapping.Converter?.ConvertFromProvider(value);
            return null;
        }
        catch (Exception e)
        {
            return $"{name} has in the column {column.GetColumnName()} what cannot be read: {OneLine.Of(e.Message)}";
        }
    }

    private static object Read(DbDataReader row, int ordinal, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => row.GetInt32(ordinal),
        TypeCode.Int64 => row.GetInt64(ordinal),
        TypeCode.Boolean => row.GetBoolean(ordinal),
        TypeCode.DateTime => row.GetDateTime(ordinal),
        TypeCode.String => row.GetString(ordinal),
        _ when type == typeof(Guid) => row.GetGuid(ordinal),
        _ => Convert.ToString(row.GetValue(ordinal), CultureInfo.InvariantCulture) ?? "",
    };
}
