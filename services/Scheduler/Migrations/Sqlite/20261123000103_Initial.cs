using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "probers",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    version = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    running = table.Column<int>(type: "INTEGER", nullable: false),
                    completed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_probers", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "targets",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    method = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false, defaultValue: "GET"),
                    authn = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false, defaultValue: "NONE"),
                    authn_parms = table.Column<string>(type: "TEXT", maxLength: 8192, nullable: true),
                    pass_result = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false, defaultValue: "200"),
                    frequency = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 10),
                    timeout = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 10),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false, defaultValue: true),
                    failure_threshold = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 1),
                    success_threshold = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 1),
                    revision = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0),
                    status = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false, defaultValue: "NEW"),
                    previous_status = table.Column<string>(type: "TEXT", maxLength: 4, nullable: true),
                    status_description = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false, defaultValue: ""),
                    reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false, defaultValue: ""),
                    status_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_updated = table.Column<DateTime>(type: "TEXT", nullable: true),
                    pass_count = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    fail_count = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    count200 = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    count300 = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    count400 = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    count500 = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    network_fails = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    repeated_fails = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    repeated_passes = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    last_slot_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    next_probe_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    in_flight_slot_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    in_flight_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    missed_count = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_targets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "status_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    from_status = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false),
                    to_status = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    stored_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    announce_after = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_status_changes", x => x.id);
                    table.ForeignKey(
                        name: "FK_status_changes_targets_target_id",
                        column: x => x.target_id,
                        principalTable: "targets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_status_changes_change_id",
                table: "status_changes",
                column: "change_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_status_changes_stored_at_id",
                table: "status_changes",
                columns: new[] { "stored_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_status_changes_target_id_stored_at_id",
                table: "status_changes",
                columns: new[] { "target_id", "stored_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_targets_enabled_next_probe_at",
                table: "targets",
                columns: new[] { "enabled", "next_probe_at" });

            migrationBuilder.CreateIndex(
                name: "IX_targets_name",
                table: "targets",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "probers");

            migrationBuilder.DropTable(
                name: "status_changes");

            migrationBuilder.DropTable(
                name: "targets");
        }
    }
}
