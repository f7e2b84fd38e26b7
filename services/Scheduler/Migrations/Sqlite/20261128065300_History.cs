using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class History : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "history",
                table: "targets",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "history_progress",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    next_target_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_history_progress", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    began_at = table.Column<string>(type: "TEXT", nullable: false),
                    detected_at = table.Column<string>(type: "TEXT", nullable: false),
                    ended_at = table.Column<string>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    last_reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    opened_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    closed_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents", x => x.id);
                });

            // Without a rowid the rows lie in the order of the key, which begins with the time. EF Core cannot say so.
            migrationBuilder.Sql(
                """
                CREATE TABLE target_chunks (
                    hour INTEGER NOT NULL, target_id INTEGER NOT NULL, first_result INTEGER NOT NULL, results BLOB NOT NULL,
                    PRIMARY KEY (hour, target_id, first_result)
                ) WITHOUT ROWID
                """);

            // Without a rowid the rows lie in the order of the key, which begins with the time. EF Core cannot say so.
            migrationBuilder.Sql(
                """
                CREATE TABLE target_days (
                    day INTEGER NOT NULL, target_id INTEGER NOT NULL, passes INTEGER NOT NULL, fails INTEGER NOT NULL, missed INTEGER NOT NULL,
                    covered_ms INTEGER NOT NULL, failing_ms INTEGER NOT NULL, latency BLOB NULL, reasons BLOB NULL, phases BLOB NULL,
                    PRIMARY KEY (day, target_id)
                ) WITHOUT ROWID
                """);

            // Without a rowid the rows lie in the order of the key, which begins with the time. EF Core cannot say so.
            migrationBuilder.Sql(
                """
                CREATE TABLE target_hours (
                    hour INTEGER NOT NULL, target_id INTEGER NOT NULL, passes INTEGER NOT NULL, fails INTEGER NOT NULL, missed INTEGER NOT NULL,
                    covered_ms INTEGER NOT NULL, failing_ms INTEGER NOT NULL, latency BLOB NULL, reasons BLOB NULL, phases BLOB NULL,
                    PRIMARY KEY (hour, target_id)
                ) WITHOUT ROWID
                """);

            migrationBuilder.InsertData(
                table: "history_progress",
                columns: new[] { "id", "day", "next_target_id" },
                values: new object[] { 1, 0, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_incidents_ended_at_id",
                table: "incidents",
                columns: new[] { "ended_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incidents_target_id_ended_at",
                table: "incidents",
                columns: new[] { "target_id", "ended_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "history_progress");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropTable(
                name: "target_chunks");

            migrationBuilder.DropTable(
                name: "target_days");

            migrationBuilder.DropTable(
                name: "target_hours");

            migrationBuilder.DropColumn(
                name: "history",
                table: "targets");
        }
    }
}
