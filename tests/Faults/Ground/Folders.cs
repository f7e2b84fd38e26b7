namespace Skypunch.Faults.Ground;

/// <summary>The temporary folders of tests.</summary>
internal static class Folders
{
    /// <summary>
    /// Deletes a folder with its contents. If that fails, the problem is only reported, so that it does not hide the failure of a test.
    /// </summary>
    public static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TestContext.Current.SendDiagnosticMessage("{0} could not be deleted: {1}", folder, e.Message);
        }
    }
}
