using System.ComponentModel.DataAnnotations;

namespace Skypunch.Web.Configuration;

/// <summary>The settings of the page.</summary>
public sealed class WebOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Web";

    /// <summary>The admin API, such as <c>http://scheduler:8080</c>. The page calls it with the admin token.</summary>
    [Required]
    public Uri? ApiUrl { get; set; }

    /// <summary>The path below which a reverse proxy shows the page, such as <c>/skypunch</c>; empty: it has a host name of its own.</summary>
    [RegularExpression("^(/[A-Za-z0-9._~-]+)*$", ErrorMessage = "Web:PathBase must be a path such as /skypunch, without a slash at its end.")]
    public string PathBase { get; set; } = "";

    /// <summary>How often a page that is looked at asks whether anything has changed; 0.5 to 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan LiveInterval { get; set; } = TimeSpan.FromSeconds(1);
}
