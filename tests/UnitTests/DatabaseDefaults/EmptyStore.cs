using Microsoft.EntityFrameworkCore;
using Skypunch.UnitTests.Standalone;

namespace Skypunch.UnitTests.DatabaseDefaults;

/// <summary>A SQLite store with its tables and nothing in them. The migrations make it once for all tests, each of which gets a copy.</summary>
/// <param name="open">Opens the store in a file.</param>
internal sealed class EmptyStore(Func<string, DbContext> open)
{
    private readonly Lazy<byte[]> _store = new(() =>
    {
        using var folder = new TempFolder();
        using (var db = open(folder.In("empty.db")))
        {
            db.Database.Migrate();
        }

        return File.ReadAllBytes(folder.In("empty.db"));
    });

    public void CopyTo(string file) => File.WriteAllBytes(file, _store.Value);
}
