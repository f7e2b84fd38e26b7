namespace Skypunch.Cli.Output;

/// <summary>How results are printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For people with a wide terminal: more columns.</summary>
    Wide,

    /// <summary>For programs: the shape of <see cref="JsonShape"/>.</summary>
    Json,

    /// <summary>For spreadsheets: a <see cref="CsvText"/>.</summary>
    Csv,

    /// <summary>A configuration file; of <c>export</c> only.</summary>
    Yaml,
}
