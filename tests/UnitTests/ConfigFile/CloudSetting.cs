using Skypunch.ConfigFile;
using Skypunch.Contracts.Texts;

namespace Skypunch.UnitTests.ConfigFile;

/// <summary>Files and variables in memory, from which a configuration is read.</summary>
internal sealed class CloudSetting
{
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["HOME"] = "/home/me" };

    /// <summary>The files that were read, in order.</summary>
    public List<string> Asked { get; } = [];

    public CloudSetting With(string file, string text)
    {
        Files[file] = text;
        return this;
    }

    public CloudSetting Set(string variable, string value)
    {
        Environment[variable] = value;
        return this;
    }

    /// <summary>Reads a configuration with one target that has the given keys.</summary>
    public ConfigDocument Read(string keys)
        => ConfigDocument.Read("skypunch.yaml", $"targets:\n  - name: a\n    url: http://localhost\n    {keys}\n", Environment.GetValueOrDefault, file =>
        {
            Asked.Add(file);
            return Files.GetValueOrDefault(file);
        });

    /// <summary>The authentication parameters of that target, whose configuration must have no fault.</summary>
    public IReadOnlyDictionary<string, string> Parameters(string keys)
    {
        var document = Read(keys);
        Assert.Empty(document.Faults);
        Assert.True(ParameterText.TryParse(document.Targets[0].Resource.AuthnParams, out var parameters, out _));
        return parameters;
    }

    /// <summary>All faults of that configuration.</summary>
    public IEnumerable<string> Faults(string keys) => Read(keys).Faults.Select(fault => fault.ToString());
}
