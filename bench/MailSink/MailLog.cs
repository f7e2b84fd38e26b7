namespace Skypunch.Bench.MailSink;

/// <summary>A target that a mail tells of which the mail sink has accepted. A digest tells of many.</summary>
/// <param name="TargetId">The id of the target that the mail names; 0 if it names no target of the bench.</param>
/// <param name="At">When the sink accepted the mail.</param>
/// <param name="Mail">The number of the mail, by which the targets of a digest are known to stand in one.</param>
internal readonly record struct AcceptedMail(int TargetId, DateTimeOffset At, int Mail);

/// <summary>All targets that the mails tell of which the sink has accepted.</summary>
internal sealed class MailLog
{
    private readonly Lock _lock = new();
    private readonly List<AcceptedMail> _mails = [];
    private int _last;

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

    /// <summary>Adds a mail.</summary>
    /// <param name="targets">The ids of the targets that it tells of.</param>
    /// <param name="at">When it was accepted.</param>
    public void Add(IReadOnlyCollection<int> targets, DateTimeOffset at)
    {
        lock (_lock)
        {
            _last++;
            _mails.AddRange(targets.DefaultIfEmpty().Select(target => new AcceptedMail(target, at, _last)));
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
                file.Write(mail.Mail);
            }
        }
    }

    public static List<AcceptedMail> Read(string path)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        var mails = new List<AcceptedMail>();
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            mails.Add(new AcceptedMail(file.ReadInt32(), new DateTimeOffset(file.ReadInt64(), TimeSpan.Zero), file.ReadInt32()));
        }

        return mails;
    }
}
