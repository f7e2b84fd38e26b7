using Skypunch.ConfigFile.Faults;

namespace Skypunch.ConfigFile.Clouds;

/// <summary>The clouds that a target can name. The files are read when the first target does so.</summary>
internal sealed class CloudCatalog(CloudSearch search)
{
    private const string ConfigVariable = "OS_CLIENT_CONFIG_FILE";
    private readonly Lazy<CloudFile> _clouds = new(() => CloudFile.Load(search, search.Paths("clouds", ConfigVariable), "clouds"));
    private CloudFile? _secrets;
    private CloudFile? _profiles;

    private CloudFile Clouds => _clouds.Value;

    private CloudFile Secrets => _secrets ??= CloudFile.Load(
        search,
        search.Paths("secure", "OS_CLIENT_SECURE_FILE", Clouds.Path is { } path ? Path.GetDirectoryName(path) : null),
        "clouds");

    private CloudFile Profiles => _profiles ??= CloudFile.Load(search, search.Paths("clouds-public", null), "public-clouds");

    /// <summary>The login to a cloud in the format of <c>authn_params</c>.</summary>
    /// <param name="name">The cloud.</param>
    /// <param name="own">The target's own parameters in the same format. They win over those of the cloud.</param>
    /// <param name="here">Called with what is wrong with the name, worded as the end of a sentence.</param>
    /// <param name="there">Called with what is wrong in another file.</param>
    public string Login(string name, string own, Action<string> here, Action<ConfigFault> there)
    {
        foreach (var fault in new[] { Clouds.Fault, Secrets.Fault }.OfType<ConfigFault>())
        {
            there(fault);
            return own;
        }

        if (Find(name) is not { } cloud)
        {
            here(NotFound(name));
            return own;
        }

        var login = new CloudLogin(search, name, here, there);
        return login.Parameters(WithProfile(cloud, login, there), own);
    }

    private CloudLayer? Find(string name) => (Clouds.Find(name), Secrets.Find(name)) switch
    {
        (null, null) => name == CloudEnvironment.Name(search) ? CloudEnvironment.Read(search) : null,
        (var open, null) => open,
        (null, var secret) => secret,
        var (open, secret) => secret.Over(open),
    };

    private CloudLayer WithProfile(CloudLayer cloud, CloudLogin login, Action<ConfigFault> there)
    {
        if (cloud.Find("profile", "cloud") is not { } profile)
        {
            return cloud;
        }

        if (Profiles.Fault is { } fault)
        {
            there(fault);
        }
        else if (Profiles.Find(profile.Text) is { } vendor)
        {
            return cloud.Over(vendor);
        }
        else if (cloud.Find("auth_url") is null)
        {
            var places = Profiles.Path ?? search.Words("clouds-public", null);
            login.Fault(profile, $"is not among the public-clouds of {places}, and no profile is built in; put it there, or an auth_url here");
        }

        return cloud;
    }

    private string NotFound(string name)
    {
        var environment = CloudEnvironment.Name(search);
        var names = Clouds.Names.Union(Secrets.Names).Union(CloudEnvironment.Read(search) is null ? [] : [environment]).ToList();
        if (name == environment)
        {
            return "stands for the OS_* variables, but none is set; run your openrc file first, or name a cloud of clouds.yaml";
        }

        return Clouds.Path is { } file
            ? $"is no cloud of {file}; {(names.Count > 0 ? $"there are {string.Join(", ", names)}" : "it has none: they stand below 'clouds:'")}"
            : $"needs a clouds.yaml, but there is none: looked at {search.Words("clouds", ConfigVariable)}; write one, or name it in {ConfigVariable}";
    }
}
