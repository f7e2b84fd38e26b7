using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Notifier.Migrations.MySql
{
    /// <inheritdoc />
    public partial class Digests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "message_id",
                table: "deliveries",
                type: "char(36)",
                nullable: true,
                collation: "ascii_general_ci");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_message_id",
                table: "deliveries",
                column: "message_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_deliveries_message_id",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "message_id",
                table: "deliveries");
        }
    }
}
