namespace Skypunch.Standalone;

/// <summary>
/// What the user who starts the daemon sees: progress, then <c>ready</c> or what is wrong. A daemon in the background is silent after that.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool background)
{
    private bool _silent;

    /// <summary>Where an attached daemon prints its log.</summary>
    public TextWriter? Log => background ? null : output;

    public void Say(string line)
    {
        if (!_silent)
        {
            output.WriteLine(line);
        }
    }

    public void Fail(string message)
    {
        if (!_silent)
        {
            error.WriteLine(message);
        }
    }

    /// <summary>Says that the daemon serves and its configuration is loaded. In the background, nothing is printed after that.</summary>
    public void Ready()
    {
        Say("ready");
        output.Flush();
        _silent = background;
    }
}
