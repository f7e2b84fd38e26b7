namespace Skypunch.DatabaseDefaults;

/// <summary>Which database holds the tables: the setting <c>Database:Provider</c>.</summary>
public enum DatabaseProvider
{
    /// <summary>MySQL 8.0.21 or newer: any number of processes.</summary>
    MySql,

    /// <summary>SQLite: all of Skypunch in one process.</summary>
    Sqlite,
}
