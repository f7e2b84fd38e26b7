using Skypunch.Prober.Keystone;


namespace Skypunch.UnitTests.Prober;

public sealed class CatalogUrlTests
{
    [Theory]
    [InlineData("http://nova:8774/v2.1/p", "/servers", "http://nova:8774/v2.1/p/servers")]
    [InlineData("http://nova:8774/v2.1/p/", "/servers", "http://nova:8774/v2.1/p/servers")]
    [InlineData("http://nova:8774/v2.1/p/", "servers/", "http://nova:8774/v2.1/p/servers/")]
    [InlineData("http://nova:8774/v2.1/p", "/servers/detail?limit=1&marker=a/b", "http://nova:8774/v2.1/p/servers/detail?limit=1&marker=a/b")]
    [InlineData("http://nova:8774/v2.1/p", "", "http://nova:8774/v2.1/p")]
    [InlineData("http://nova:8774/v2.1/p/", " ", "http://nova:8774/v2.1/p/")]
    [InlineData("http://nova:8774/v2.1/p", "/", "http://nova:8774/v2.1/p/")]
    [InlineData("http://nova:8774/v2.1/p", "?limit=1", "http://nova:8774/v2.1/p?limit=1")]
    [InlineData("https://cloud.example", "/healthcheck", "https://cloud.example/healthcheck")]
    [InlineData("https://cloud.example", "", "https://cloud.example/")]
    [InlineData("https://cloud.example/a?b=c#d", "/e", "https://cloud.example/a/e")]
    public void A_path_goes_below_the_endpoint(string endpoint, string path, string url)
        => Assert.Equal(url, CatalogUrl.Of(new Uri(endpoint), path).AbsoluteUri);

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("http://evil.example/x")]
    [InlineData("\\\\evil.example")]
    [InlineData("@evil.example")]
    [InlineData(":80@evil.example")]
    [InlineData("/../../x")]
    public void No_path_leads_to_another_host(string path)
        => Assert.Equal("nova:8774", CatalogUrl.Of(new Uri("http://nova:8774/v2.1"), path).Authority);
}
