namespace Skypunch.Bench.MailSink;

/// <summary>A mail that the sink has accepted.</summary>
/// <param name="TargetId">The target that its subject names; 0 where it names none of ours.</param>
/// <param name="At">When it was accepted.</param>
internal readonly record struct AcceptedMail(int TargetId, DateTimeOffset At);

/// <summary>All mails that were accepted.</summary>
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

    /// <summary>Writes them to a file; <see cref="Read"/> reads it.</summary>
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
