using Skypunch.ConfigFile;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.ConfigFile;

/// <summary>Files and variables in memory, in which a configuration is read.</summary>
internal sealed class CloudSetting
{
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["HOME"] = "/home/me" };

    /// <summary>The files that were asked for, in order.</summary>
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

    /// <summary>A configuration with one target that has some keys.</summary>
    public ConfigDocument Read(string keys)
        => ConfigDocument.Read("skypunch.yaml", $"targets:\n  - name: a\n    url: http://localhost\n    {keys}\n", Environment.GetValueOrDefault, file =>
        {
            Asked.Add(file);
            return Files.GetValueOrDefault(file);
        });

    /// <summary>The parameters of that target, which has no fault.</summary>
    public IReadOnlyDictionary<string, string> Parameters(string keys)
    {
        var document = Read(keys);
        Assert.Empty(document.Faults);
        Assert.True(ParameterText.TryParse(document.Targets[0].Resource.AuthnParams, out var parameters, out _));
        return parameters;
    }

    /// <summary>All that is wrong with it.</summary>
    public IEnumerable<string> Faults(string keys) => Read(keys).Faults.Select(fault => fault.ToString());
}
