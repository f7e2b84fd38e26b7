using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Notifier.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "announcements",
                columns: table => new
                {
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    from_status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    to_status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_announcements", x => x.change_id);
                });

            migrationBuilder.CreateTable(
                name: "notifiers",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false, defaultValue: "SMTP"),
                    address = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    @params = table.Column<string>(name: "params", type: "TEXT", nullable: true),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false, defaultValue: true),
                    pass_count = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    fail_count = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifiers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    change_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    notifier_id = table.Column<long>(type: "INTEGER", nullable: false),
                    target_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    claimed_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    remaining_addresses = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    sent_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "FK_deliveries_announcements_change_id",
                        column: x => x.change_id,
                        principalTable: "announcements",
                        principalColumn: "change_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_deliveries_notifiers_notifier_id",
                        column: x => x.notifier_id,
                        principalTable: "notifiers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_announcements_received_at",
                table: "announcements",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_change_id_notifier_id",
                table: "deliveries",
                columns: new[] { "change_id", "notifier_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_notifier_id",
                table: "deliveries",
                column: "notifier_id");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_notifier_id_state_next_attempt_at",
                table: "deliveries",
                columns: new[] { "notifier_id", "state", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_notifier_id_target_id_state",
                table: "deliveries",
                columns: new[] { "notifier_id", "target_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_state_next_attempt_at",
                table: "deliveries",
                columns: new[] { "state", "next_attempt_at" });

            migrationBuilder.CreateIndex(
                name: "IX_notifiers_name",
                table: "notifiers",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "announcements");

            migrationBuilder.DropTable(
                name: "notifiers");
        }
    }
}
