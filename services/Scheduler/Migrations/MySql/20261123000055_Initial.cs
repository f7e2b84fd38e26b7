using System;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.MySql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "probers",
                columns: table => new
                {
                    name = table.Column<string>(type: "varchar(256)", maxLength: 256, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    version = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    started_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    running = table.Column<int>(type: "int", nullable: false),
                    completed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_probers", x => x.name);
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "targets",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    name = table.Column<string>(type: "varchar(256)", maxLength: 256, nullable: false, collation: "utf8mb4_bin")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    url = table.Column<string>(type: "varchar(2048)", maxLength: 2048, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    method = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, defaultValue: "GET")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    authn = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, defaultValue: "NONE")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    authn_parms = table.Column<string>(type: "varchar(8192)", maxLength: 8192, nullable: true)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    pass_result = table.Column<string>(type: "varchar(256)", maxLength: 256, nullable: false, defaultValue: "200")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    frequency = table.Column<int>(type: "int", nullable: false, defaultValue: 10),
                    timeout = table.Column<int>(type: "int", nullable: false, defaultValue: 10),
                    enabled = table.Column<bool>(type: "tinyint(1)", nullable: false, defaultValue: true),
                    failure_threshold = table.Column<int>(type: "int", nullable: false, defaultValue: 1),
                    success_threshold = table.Column<int>(type: "int", nullable: false, defaultValue: 1),
                    revision = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    status = table.Column<string>(type: "varchar(4)", maxLength: 4, nullable: false, defaultValue: "NEW")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    previous_status = table.Column<string>(type: "varchar(4)", maxLength: 4, nullable: true)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    status_description = table.Column<string>(type: "varchar(1024)", maxLength: 1024, nullable: false, defaultValue: "")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    reason = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, defaultValue: "")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    status_since = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    last_updated = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    pass_count = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    fail_count = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    count200 = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    count300 = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    count400 = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    count500 = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    network_fails = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    repeated_fails = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    repeated_passes = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    last_slot_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    next_probe_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    in_flight_slot_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    in_flight_until = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    missed_count = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_targets", x => x.id);
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "status_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    change_id = table.Column<Guid>(type: "char(36)", nullable: false, collation: "ascii_general_ci"),
                    target_id = table.Column<long>(type: "bigint", nullable: false),
                    from_status = table.Column<string>(type: "varchar(4)", maxLength: 4, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    to_status = table.Column<string>(type: "varchar(4)", maxLength: 4, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    reason = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    description = table.Column<string>(type: "varchar(1024)", maxLength: 1024, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    payload = table.Column<string>(type: "longtext", nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    stored_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    announce_after = table.Column<DateTime>(type: "datetime(6)", nullable: true)
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
                })
                .Annotation("MySql:CharSet", "utf8mb4");

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
