using Skypunch.Admin.V1;
using Skypunch.Cli.Verbs;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Targets;

/// <summary>What looks like a secret in a target's URL, which everybody who may list targets sees.</summary>
internal static class UrlSecrets
{
    /// <summary>Says so once, where people read.</summary>
    public static void Hint(Target target, Session session)
    {
        if (QueryText.SecretsIn(target.Url).FirstOrDefault() is { } name)
        {
            session.Say($"Hint: '{name}' in the URL looks like a secret. --secret-query '{name}=...' adds it to the URL and shows it to nobody.");
        }
    }
}
