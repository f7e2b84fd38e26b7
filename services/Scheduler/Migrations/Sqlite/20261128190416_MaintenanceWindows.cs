using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MaintenanceWindows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "untold_change",
                table: "targets",
                type: "TEXT",
                maxLength: 36,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_by",
                table: "status_changes",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decision",
                table: "status_changes",
                type: "TEXT",
                maxLength: 16,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "maintenance_windows",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    filter = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    start_at = table.Column<string>(type: "TEXT", nullable: true),
                    end_at = table.Column<string>(type: "TEXT", nullable: true),
                    weekdays = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    time_of_day = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    cron = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    duration = table.Column<int>(type: "INTEGER", nullable: true),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_maintenance_windows", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_maintenance_windows_name",
                table: "maintenance_windows",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "maintenance_windows");

            migrationBuilder.DropColumn(
                name: "untold_change",
                table: "targets");

            migrationBuilder.DropColumn(
                name: "decided_by",
                table: "status_changes");

            migrationBuilder.DropColumn(
                name: "decision",
                table: "status_changes");
        }
    }
}
