using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.MySql
{
    /// <inheritdoc />
    public partial class StatusRank : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "status_rank",
                table: "targets",
                type: "int",
                nullable: false,
                computedColumnSql: "CASE WHEN enabled = 0 THEN 3 WHEN status COLLATE utf8mb4_0900_bin = 'FAIL' THEN 0 WHEN status COLLATE utf8mb4_0900_bin = 'PASS' THEN 2 ELSE 1 END",
                stored: false);

            migrationBuilder.CreateIndex(
                name: "IX_targets_group_path_status_rank",
                table: "targets",
                columns: new[] { "group_path", "status_rank" });

            migrationBuilder.CreateIndex(
                name: "IX_targets_status_rank",
                table: "targets",
                column: "status_rank");

            migrationBuilder.CreateIndex(
                name: "IX_targets_status_since",
                table: "targets",
                column: "status_since");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_targets_group_path_status_rank",
                table: "targets");

            migrationBuilder.DropIndex(
                name: "IX_targets_status_rank",
                table: "targets");

            migrationBuilder.DropIndex(
                name: "IX_targets_status_since",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "status_rank",
                table: "targets");
        }
    }
}
