namespace Skypunch.UnitTests.Deployment;

/// <summary>The Secrets that others create (docs/operations.md, "Secrets in Kubernetes"), and the keys that they must have.</summary>
internal static class DocumentedSecrets
{
    public static IReadOnlyCollection<string> Keys(string secret)
        => [.. Sources.Read("docs/operations.md").Split('\n')
            .Where(line => line.StartsWith($"| Secret `{secret}` |", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[2].Trim('`'))];
}
