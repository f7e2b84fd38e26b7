using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RequestsAndTraces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "advice",
                table: "targets",
                type: "TEXT",
                maxLength: 1024,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "assertions",
                table: "targets",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "body",
                table: "targets",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "content_type",
                table: "targets",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "follow_redirects",
                table: "targets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "headers",
                table: "targets",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "http_version",
                table: "targets",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "1.1");

            migrationBuilder.AddColumn<string>(
                name: "interface",
                table: "targets",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ip_family",
                table: "targets",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "ANY");

            migrationBuilder.AddColumn<int>(
                name: "max_redirects",
                table: "targets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 5);

            migrationBuilder.AddColumn<string>(
                name: "region_name",
                table: "targets",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "retry_interval",
                table: "targets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "service_type",
                table: "targets",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tls_parms",
                table: "targets",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "target_traces",
                columns: table => new
                {
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_target_traces", x => new { x.target_id, x.kind });
                    table.ForeignKey(
                        name: "FK_target_traces_targets_target_id",
                        column: x => x.target_id,
                        principalTable: "targets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "target_traces");

            migrationBuilder.DropColumn(
                name: "advice",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "assertions",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "body",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "content_type",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "follow_redirects",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "headers",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "http_version",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "interface",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "ip_family",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "max_redirects",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "region_name",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "retry_interval",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "service_type",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "tls_parms",
                table: "targets");
        }
    }
}
