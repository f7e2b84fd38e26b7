using System;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.MySql
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
                type: "longblob",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "history_progress",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false),
                    day = table.Column<int>(type: "int", nullable: false),
                    next_target_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_history_progress", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "varchar(256)", maxLength: 256, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    began_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    detected_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    ended_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    reason = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    last_reason = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    description = table.Column<string>(type: "varchar(1024)", maxLength: 1024, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    opened_by = table.Column<Guid>(type: "char(36)", nullable: true, collation: "ascii_general_ci"),
                    closed_by = table.Column<Guid>(type: "char(36)", nullable: true, collation: "ascii_general_ci")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "target_chunks",
                columns: table => new
                {
                    hour = table.Column<int>(type: "int", nullable: false),
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    first_result = table.Column<int>(type: "int", nullable: false),
                    results = table.Column<byte[]>(type: "longblob", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_target_chunks", x => new { x.hour, x.target_id, x.first_result });
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "target_days",
                columns: table => new
                {
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    day = table.Column<int>(type: "int", nullable: false),
                    passes = table.Column<int>(type: "int", nullable: false),
                    fails = table.Column<int>(type: "int", nullable: false),
                    missed = table.Column<int>(type: "int", nullable: false),
                    covered_ms = table.Column<int>(type: "int", nullable: false),
                    failing_ms = table.Column<int>(type: "int", nullable: false),
                    latency = table.Column<byte[]>(type: "longblob", nullable: true),
                    reasons = table.Column<byte[]>(type: "longblob", nullable: true),
                    phases = table.Column<byte[]>(type: "longblob", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_target_days", x => new { x.day, x.target_id });
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "target_hours",
                columns: table => new
                {
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    hour = table.Column<int>(type: "int", nullable: false),
                    passes = table.Column<int>(type: "int", nullable: false),
                    fails = table.Column<int>(type: "int", nullable: false),
                    missed = table.Column<int>(type: "int", nullable: false),
                    covered_ms = table.Column<int>(type: "int", nullable: false),
                    failing_ms = table.Column<int>(type: "int", nullable: false),
                    latency = table.Column<byte[]>(type: "longblob", nullable: true),
                    reasons = table.Column<byte[]>(type: "longblob", nullable: true),
                    phases = table.Column<byte[]>(type: "longblob", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_target_hours", x => new { x.hour, x.target_id });
                })
                .Annotation("MySql:CharSet", "utf8mb4");

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
