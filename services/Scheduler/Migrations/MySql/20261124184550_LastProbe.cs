using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.MySql
{
    /// <inheritdoc />
    public partial class LastProbe : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "last_probe",
                table: "targets",
                type: "varchar(160)",
                maxLength: 160,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "last_probe",
                table: "targets");
        }
    }
}
