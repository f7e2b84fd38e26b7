using Skypunch.Admin.V1;
using Skypunch.ConfigFile.Values;
using Skypunch.ConfigFile.Yaml;

namespace Skypunch.ConfigFile.Entries;

/// <summary>How TLS is spoken: keys and values; a certificate or key stands in the file itself, or in one that a key with "_file" names.</summary>
internal static class TlsMap
{
    private static readonly Dictionary<string, Action<FieldValue, Tls>> Keys = new()
    {
        ["skip_verify"] = (value, tls) => tls.SkipVerify = value.Flag(),
        ["ca"] = (value, tls) => tls.Ca = value.Text(),
        ["ca_file"] = (value, tls) => tls.Ca = value.FileText(),
        ["client_certificate"] = (value, tls) => tls.ClientCertificate = value.Text(),
        ["client_certificate_file"] = (value, tls) => tls.ClientCertificate = value.FileText(),
        ["client_key"] = (value, tls) => tls.ClientKey = value.Text(),
        ["client_key_file"] = (value, tls) => tls.ClientKey = value.FileText(),
        ["server_name"] = (value, tls) => tls.ServerName = value.Text(),
    };

    public static Tls Read(YamlEntry entry, string path, ReadScope scope)
    {
        var tls = new Tls();
        if (entry.Value is not YamlMap map)
        {
            scope.Fault(entry.Line, path, $"must be keys and values; known are {string.Join(", ", Keys.Keys)}");
            return tls;
        }

        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var parameter in map.Entries)
        {
            var field = parameter.Key.EndsWith("_file", StringComparison.Ordinal) ? parameter.Key[..^"_file".Length] : parameter.Key;
            if (!Keys.TryGetValue(parameter.Key, out var read))
            {
                scope.Fault(parameter.Line, $"{path}.{parameter.Key}", $"is not known; {NearestWord.Hint(parameter.Key, [.. Keys.Keys])}");
            }
            else if (!lines.TryAdd(field, parameter.Line))
            {
                scope.Fault(parameter.Line, $"{path}.{parameter.Key}", $"is given twice, first on line {lines[field]}; keep one of them");
            }
            else
            {
                read(new FieldValue(parameter, $"{path}.{parameter.Key}", scope), tls);
            }
        }

        return tls;
    }
}
