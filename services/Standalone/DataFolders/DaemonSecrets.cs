using System.Security.Cryptography;
using Skypunch.ServiceDefaults.AdminApi;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Standalone.DataFolders;

/// <summary>
/// The token of the admin API and the key that seals credentials. Both are made at the first start. A key that was lost is not replaced,
/// since the secrets that it sealed in the stores could never be opened again. Where the settings name another token or key, the file in
/// the data folder is left alone.
/// </summary>
internal static class DaemonSecrets
{
    private const int TokenBytes = 32;

    /// <summary>Makes the files that are missing, and checks that the others can be used.</summary>
    /// <exception cref="StartupException">A file is damaged, or the key of existing stores is lost. The message has the remedy.</exception>
    public static void Ensure(DataFolder folder, IConfiguration settings)
    {
        if (settings[$"{AdminOptions.Section}:Token"] is null && settings[$"{AdminOptions.Section}:TokenFile"] == folder.TokenFile)
        {
            EnsureToken(folder);
        }

        if (settings[$"{SecretsOptions.Section}:Key"] is null && settings[$"{SecretsOptions.Section}:KeyFile"] == folder.KeyFile)
        {
            EnsureKey(folder);
        }
    }

    private static void EnsureToken(DataFolder folder)
    {
        if (!File.Exists(folder.TokenFile))
        {
            SecretFile.Write(folder.TokenFile, System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)));
        }
        else if (Read(folder.TokenFile) is var token && (token.Length == 0 || token.Any(c => c is <= ' ' or >= '\x7F')))
        {
            throw new StartupException(
                $"{folder.TokenFile} must hold the token of the admin API, a line of printable ASCII without spaces; delete it, and a new one is made.");
        }
    }

    private static void EnsureKey(DataFolder folder)
    {
        var stores = new[] { folder.SchedulerStore, folder.NotifierStore }.Where(File.Exists).ToList();
        if (File.Exists(folder.KeyFile))
        {
            if (!IsKey(Read(folder.KeyFile)))
            {
                throw new StartupException(
                    $"{folder.KeyFile} is damaged: it must hold the key that seals credentials, 32 bytes in base64; {Remedy([folder.KeyFile, .. stores])}.");
            }
        }
        else if (stores.Count > 0)
        {
            throw new StartupException($"{folder.KeyFile} is missing: it holds the key that opens the credentials in the stores; {Remedy(stores)}.");
        }
        else
        {
            SecretFile.Write(folder.KeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKeys.Bytes)));
        }
    }

    private static string Remedy(List<string> files) => $"restore it, or delete {string.Join(" and ", files)} to begin anew";

    private static bool IsKey(string text) => !text.Contains(':', StringComparison.Ordinal) && SecretKeys.TryParse(text, out _);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path} cannot be read: {e.Message}");
        }
    }
}
