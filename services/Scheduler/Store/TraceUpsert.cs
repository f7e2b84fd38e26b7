using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Writes many traces in one statement, which gets them as one JSON parameter. A trace replaces the earlier trace of the same target and
/// kind.
/// </summary>
internal static class TraceUpsert
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a trace is JSON within JSON, full of quotes
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new SqlInstantConverter() },
    };

    private const string MySql =
        """
        INSERT INTO target_traces (target_id, kind, at, payload)
        SELECT r.target_id, r.kind, r.at, r.payload FROM JSON_TABLE({0}, '$[*]' COLUMNS (
            target_id BIGINT PATH '$.target_id', kind VARCHAR(8) PATH '$.kind', at DATETIME(6) PATH '$.at', payload LONGTEXT PATH '$.payload')) AS r
        ON DUPLICATE KEY UPDATE at = r.at, payload = r.payload
        """;

    // Without the WHERE, SQLite would parse the ON as the condition of a join.
    private const string Sqlite =
        """
        INSERT INTO target_traces (target_id, kind, at, payload)
        SELECT json_extract(value, '$.target_id'), json_extract(value, '$.kind'), json_extract(value, '$.at'), json_extract(value, '$.payload')
        FROM json_each({0}) WHERE 1 = 1
        ON CONFLICT (target_id, kind) DO UPDATE SET at = excluded.at, payload = excluded.payload
        """;

    /// <summary>Writes the traces. The rows of their targets must be locked.</summary>
    public static async Task RunAsync(SchedulerDb db, IReadOnlyList<TargetTrace> traces, CancellationToken cancellationToken)
    {
        if (traces.Count > 0)
        {
            var sql = db.IsSqlite ? Sqlite : MySql;
            await db.Database.ExecuteSqlRawAsync(sql, [JsonSerializer.Serialize(traces, Json)], cancellationToken);
        }
    }
}
