using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.MySql
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
                type: "varchar(1024)",
                maxLength: 1024,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "assertions",
                table: "targets",
                type: "longtext",
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "body",
                table: "targets",
                type: "longtext",
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "content_type",
                table: "targets",
                type: "varchar(128)",
                maxLength: 128,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<bool>(
                name: "follow_redirects",
                table: "targets",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "headers",
                table: "targets",
                type: "longtext",
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "http_version",
                table: "targets",
                type: "varchar(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "1.1")
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "interface",
                table: "targets",
                type: "varchar(16)",
                maxLength: 16,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "ip_family",
                table: "targets",
                type: "varchar(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "ANY")
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<int>(
                name: "max_redirects",
                table: "targets",
                type: "int",
                nullable: false,
                defaultValue: 5);

            migrationBuilder.AddColumn<string>(
                name: "region_name",
                table: "targets",
                type: "varchar(255)",
                maxLength: 255,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<int>(
                name: "retry_interval",
                table: "targets",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "service_type",
                table: "targets",
                type: "varchar(128)",
                maxLength: 128,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "tls_parms",
                table: "targets",
                type: "longtext",
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "target_traces",
                columns: table => new
                {
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "varchar(8)", maxLength: 8, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    payload = table.Column<string>(type: "longtext", nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4")
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
                })
                .Annotation("MySql:CharSet", "utf8mb4");
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
