namespace Skypunch.DatabaseDefaults;

/// <summary>The database that holds the tables: the setting <c>Database:Provider</c>.</summary>
public enum DatabaseProvider
{
    /// <summary>MySQL 8.0.21 or newer, for any number of processes.</summary>
    MySql,

    /// <summary>SQLite, where all of Skypunch is one process.</summary>
    Sqlite,
}
