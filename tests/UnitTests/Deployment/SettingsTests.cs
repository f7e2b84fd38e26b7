namespace Skypunch.UnitTests.Deployment;

/// <summary>docs/operations.md describes exactly the settings of the options classes, with their real defaults and ranges.</summary>
public sealed class SettingsTests
{
    private static readonly Dictionary<string, string[]> Rows = Sources.Read("docs/operations.md").Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1].Trim('`'));

    public static TheoryData<string, string, string> Settings => [.. KnownSettings.All.Select(s => (s.Name, s.Default, s.Range))];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_is_described_with_its_default_and_its_range(string name, string @default, string range)
    {
        Assert.True(Rows.TryGetValue(name, out var cells), $"docs/operations.md does not name {name}; its row begins with: | `{name}` | {@default} | {range} |");
        Assert.Equal((@default, range), (cells[2], cells[3]));
        Assert.NotEqual("", cells[4]);
    }

    [Fact]
    public void What_is_described_exists()
    {
        var sections = KnownSettings.All.Select(setting => setting.Name.Split("__")[0]).ToHashSet();
        var known = KnownSettings.All.Select(setting => setting.Name)
            .Concat(typeof(MassTransit.RabbitMqTransportOptions).GetProperties().Select(property => $"RabbitMq__{property.Name}")).ToHashSet();

        Assert.All(Rows.Keys.Where(name => sections.Contains(name.Split("__")[0])), name => Assert.Contains(name, known));
    }
}
