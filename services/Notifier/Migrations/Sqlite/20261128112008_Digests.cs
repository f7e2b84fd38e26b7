using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Notifier.Migrations.Sqlite
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
                type: "TEXT",
                nullable: true);

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
