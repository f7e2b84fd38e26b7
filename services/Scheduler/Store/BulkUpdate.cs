using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Updates many targets, each with values of its own, in one statement: the values travel as one JSON parameter that the database reads as a table <c>r</c>.
/// MySQL and SQLite differ here, in <see cref="TraceUpsert"/> and in <see cref="RowLock"/>, and nowhere else.
/// </summary>
internal sealed class BulkUpdate
{
    /// <summary>How values travel.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a trace is JSON within JSON, full of quotes
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, // a value that is not there reads as NULL
        Converters = { new SqlInstantConverter() },
    };

    private readonly string _mySql;
    private readonly string _sqlite;

    /// <summary>Prepares the statement.</summary>
    /// <param name="columns">The columns of <c>r</c> beside its <c>id</c>, and their MySQL types. Their names differ from those of the table.</param>
    /// <param name="set">What to set; a column of the table stands alone on the left and after <c>targets.</c> on the right.</param>
    /// <param name="where">A further condition on <c>targets</c> and <c>r</c>.</param>
    public BulkUpdate((string Name, string Type)[] columns, string set, string where = "1 = 1")
    {
        var mySqlColumns = string.Join(", ", columns.Select(c => $"{c.Name} {c.Type} PATH '$.{c.Name}'"));
        _mySql = $"UPDATE targets JOIN JSON_TABLE({{0}}, '$[*]' COLUMNS (id BIGINT PATH '$.id', {mySqlColumns})) AS r ON r.id = targets.id SET {set} WHERE {where}";

        var sqliteColumns = string.Join(", ", columns.Select(c => $"json_extract(value, '$.{c.Name}') AS {c.Name}"));
        _sqlite = $"UPDATE targets SET {set} FROM (SELECT json_extract(value, '$.id') AS id, {sqliteColumns} FROM json_each({{0}})) AS r WHERE r.id = targets.id AND {where}";
    }

    /// <summary>Updates the targets that the rows name by their <c>Id</c>.</summary>
    public Task<int> RunAsync<TRow>(SchedulerDb db, IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(db.Database.IsSqlite() ? _sqlite : _mySql, [JsonSerializer.Serialize(rows, Json)], cancellationToken);
}
