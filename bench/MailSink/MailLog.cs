namespace Skypunch.Bench.MailSink;

/// <summary>A mail that the mail sink has accepted.</summary>
/// <param name="TargetId">The id of the target that the subject names; 0 if the subject names no target of the bench.</param>
/// <param name="At">When the sink accepted the mail.</param>
internal readonly record struct AcceptedMail(int TargetId, DateTimeOffset At);

/// <summary>All mails that the sink has accepted.</summary>
internal sealed class MailLog
{
    private readonly Lock _lock = new();
    private readonly List<AcceptedMail> _mails = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _mails.Count;
            }
        }
    }

    public void Add(AcceptedMail mail)
    {
        lock (_lock)
        {
            _mails.Add(mail);
        }
    }

    /// <summary>Writes the mails to a file that <see cref="Read"/> reads.</summary>
    public void Write(string path)
    {
        using var file = new BinaryWriter(File.Create(path));
        lock (_lock)
        {
            foreach (var mail in _mails)
            {
                file.Write(mail.TargetId);
                file.Write(mail.At.UtcTicks);
            }
        }
    }

    public static List<AcceptedMail> Read(string path)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        var mails = new List<AcceptedMail>();
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            mails.Add(new AcceptedMail(file.ReadInt32(), new DateTimeOffset(file.ReadInt64(), TimeSpan.Zero)));
        }

        return mails;
    }
}
