using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Skypunch.UnitTests.Hosting;

/// <summary>What the hosts of the tests begin with.</summary>
internal static class TestHost
{
    /// <summary>
    /// A builder without log and without files of settings. No folder is watched for changes: the folder of temporary files may have a whole tree below it, and each host
    /// would walk through it.
    /// </summary>
    /// <param name="folder">The host's folder; null: that of temporary files.</param>
    public static WebApplicationBuilder CreateBuilder(string? folder = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder ?? Path.GetTempPath(), Args = ["hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        return builder;
    }
}
