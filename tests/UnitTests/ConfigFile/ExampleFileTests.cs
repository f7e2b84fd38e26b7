using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile;

namespace Skypunch.UnitTests.ConfigFile;

/// <summary>The example file, which the first start loads.</summary>
public sealed partial class ExampleFileTests
{
    [Fact]
    public void It_watches_Skypunch_and_the_internet_and_needs_no_variable()
    {
        var document = ConfigDocument.Read("skypunch.yaml", Text(), _ => null);

        Assert.Empty(document.Faults);
        Assert.Equal("http://127.0.0.1:7414/healthz", document.Targets[0].Resource.Url);
        Assert.StartsWith("https://", document.Targets[1].Resource.Url, StringComparison.Ordinal);
        Assert.Equal(2, document.Targets.Count);
        Assert.Empty(document.Notifiers);
    }

    [Fact]
    public void It_follows_the_address_of_the_daemon()
    {
        var document = ConfigDocument.Read("skypunch.yaml", Text(), name => name == "SKYPUNCH_HEALTH_URL" ? "http://127.0.0.1:9" : null);

        Assert.Equal("http://127.0.0.1:9/healthz", document.Targets[0].Resource.Url);
    }

    [Fact]
    public void What_is_commented_out_in_it_is_right_too()
    {
        var document = ConfigDocument.Read("skypunch.yaml", CommentedOut().Replace(Text(), "  $1"), _ => "from the environment");

        Assert.Empty(document.Faults);
        Assert.Equal([Authn.Unspecified, Authn.Unspecified, Authn.Basic, Authn.Unspecified, Authn.Openstack, Authn.Openstack], document.Targets.Select(target => target.Resource.Authn));
        Assert.Contains("password=from the environment", document.Targets[4].Resource.AuthnParams, StringComparison.Ordinal);
        Assert.Equal(4, document.Targets[3].Resource.Assertions.Count);
        Assert.Equal(("compute", "/servers"), (document.Targets[5].Resource.Catalog.ServiceType, document.Targets[5].Resource.Url));
        Assert.Contains("server=", Assert.Single(document.Notifiers).Resource.Params, StringComparison.Ordinal);
    }

    private static string Text([CallerFilePath] string here = "")
        => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "skypunch.yaml"));

    // A comment in prose has one space after its '#'; an entry that is commented out begins with '- ' or is indented below such a line.
    [GeneratedRegex("^  # (- .*|  .*)$", RegexOptions.Multiline)]
    private static partial Regex CommentedOut();
}
