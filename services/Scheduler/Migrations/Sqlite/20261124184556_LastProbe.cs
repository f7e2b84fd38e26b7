using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skypunch.Scheduler.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 160,
                nullable: true);
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
