using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Notifier.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class UncountedAttempts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "uncounted_attempts",
                table: "deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_uncounted_attempts_notifier_id",
                table: "deliveries",
                columns: new[] { "uncounted_attempts", "notifier_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_deliveries_uncounted_attempts_notifier_id",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "uncounted_attempts",
                table: "deliveries");
        }
    }
}
