namespace Skypunch.Notifier.Notifiers;

internal static class NotifierRules
{
    public const int LongestName = 256;
    public const int LongestAddress = 1000;
}
