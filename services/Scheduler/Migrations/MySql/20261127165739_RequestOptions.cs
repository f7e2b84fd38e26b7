using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.MySql
{
    /// <inheritdoc />
    public partial class RequestOptions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "keep_cookies",
                table: "targets",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "proxy",
                table: "targets",
                type: "longtext",
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "query_secrets",
                table: "targets",
                type: "longtext",
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<int>(
                name: "timeout_ms",
                table: "targets",
                type: "int",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "keep_cookies",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "proxy",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "query_secrets",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "timeout_ms",
                table: "targets");
        }
    }
}
