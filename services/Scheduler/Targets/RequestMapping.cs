using Skypunch.Admin.V1;
using Skypunch.Contracts.Texts;
using Skypunch.Scheduler.Model;
using ProtoCatalog = Skypunch.Admin.V1.CatalogService;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.Scheduler.Targets;

/// <summary>Between the API's messages and the texts of the store. A text that a hand has written and that cannot be read counts as none.</summary>
internal static class RequestMapping
{
    public static IEnumerable<Header> ReadHeaders(string text)
        => HeaderText.TryParse(text, out var headers, out _) ? headers.Select(header => new Header { Name = header.Key, Value = header.Value }) : [];

    public static List<KeyValuePair<string, string>> Pairs(IEnumerable<Header> headers) => [.. headers.Select(h => KeyValuePair.Create(h.Name, h.Value))];

    public static string WriteHeaders(IEnumerable<Header> headers) => HeaderText.Format(Pairs(headers));

    /// <summary>Takes the values of headers away that are credentials.</summary>
    public static void HideHeaders(Admin.V1.Target shown)
    {
        foreach (var header in shown.Headers.Where(header => HeaderText.IsSecret(header.Name)))
        {
            header.Value = "";
        }
    }

    public static IEnumerable<QueryParameter> ReadQuery(string text)
        => QueryText.TryParse(text, out var query, out _) ? query.Select(parameter => new QueryParameter { Name = parameter.Key, Value = parameter.Value }) : [];

    public static List<KeyValuePair<string, string>> Pairs(IEnumerable<QueryParameter> query) => [.. query.Select(p => KeyValuePair.Create(p.Name, p.Value))];

    public static string WriteQuery(IEnumerable<QueryParameter> query) => QueryText.Format(Pairs(query));

    public static void HideQueryValues(Admin.V1.Target shown)
    {
        foreach (var parameter in shown.QuerySecrets)
        {
            parameter.Value = "";
        }
    }

    /// <summary>The proxy without its password; nothing of one that cannot be read.</summary>
    public static string ShownProxy(string text) => ProxyUrl.Read(text, out var proxy) is null ? proxy!.Shown() : "";

    /// <summary>The lines of the assertions, whether they are right or not.</summary>
    public static IEnumerable<string> ReadAssertions(string? text)
        => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static string WriteAssertions(IEnumerable<string> assertions) => string.Join('\n', assertions.Select(assertion => assertion.Trim()));

    public static Tls? ReadTls(string text)
    {
        if (!ParameterText.TryParse(text, out var parameters, out _) || parameters.Count == 0)
        {
            return null;
        }

        return new Tls
        {
            SkipVerify = Get(TlsParameters.SkipVerify) == "true",
            Ca = Get(TlsParameters.Ca),
            ClientCertificate = Get(TlsParameters.ClientCertificate),
            ClientKey = Get(TlsParameters.ClientKey),
            ServerName = Get(TlsParameters.ServerName),
        };

        string Get(string name) => parameters.GetValueOrDefault(name, "");
    }

    public static void HideClientKey(Admin.V1.Target shown)
    {
        if (shown.Tls is { } tls)
        {
            tls.ClientKey = "";
        }
    }

    public static Dictionary<string, string> Parameters(Tls? tls) => new(new Dictionary<string, string>
    {
        [TlsParameters.SkipVerify] = tls?.SkipVerify is true ? "true" : "",
        [TlsParameters.Ca] = tls?.Ca ?? "",
        [TlsParameters.ClientCertificate] = tls?.ClientCertificate ?? "",
        [TlsParameters.ClientKey] = tls?.ClientKey ?? "",
        [TlsParameters.ServerName] = tls?.ServerName ?? "",
    }.Where(parameter => parameter.Value.Length > 0));

    public static ProtoCatalog? ReadCatalog(Target target) => string.IsNullOrEmpty(target.ServiceType) ? null : new ProtoCatalog
    {
        ServiceType = target.ServiceType,
        RegionName = target.RegionName ?? "",
        Interface = target.Interface ?? "",
    };

    public static void WriteCatalog(ProtoCatalog? catalog, Target target)
    {
        target.ServiceType = NullIfEmpty(catalog?.ServiceType);
        target.RegionName = NullIfEmpty(catalog?.RegionName);
        target.Interface = NullIfEmpty(catalog?.Interface);
    }

    /// <summary>
    /// Makes the rows of labels what they should be. A row that may stay is not made anew, as the database has it already.
    /// </summary>
    public static void WriteLabels(IReadOnlyDictionary<string, string> wanted, List<TargetLabel> rows)
    {
        rows.RemoveAll(row => !wanted.ContainsKey(row.Name));
        foreach (var (name, value) in wanted)
        {
            if (rows.Find(row => row.Name == name) is { } row)
            {
                row.Value = value;
            }
            else
            {
                rows.Add(new TargetLabel { Name = name, Value = value });
            }
        }
    }

    /// <summary>What stands in a column that may be NULL.</summary>
    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
