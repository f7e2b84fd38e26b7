using Skypunch.ServiceDefaults.Bus.Windows;

namespace Skypunch.UnitTests.Bus;

/// <summary>A model of a window and of a queue that never runs empty, without a broker and without time.</summary>
internal sealed class ModelOfAWindow(Random random)
{
    private const int UnitsOfAMessage = 10;

    private readonly List<(int Size, int InHand)> _levels = [];
    private readonly List<int> _inHandOf = []; // the level of each message in hand; -1: the level is closed by now

    public int Places { get; } = random.Next(5, 200) * UnitsOfAMessage;

    public int Free => _levels.Sum(level => level.Size - level.InHand);

    public int Size => _levels.Sum(level => level.Size);

    public int Units => _inHandOf.Count * UnitsOfAMessage;

    public int Peak { get; private set; }

    /// <summary>Receives as many messages as the window allows, or finishes some; then applies the rule.</summary>
    public void Step()
    {
        var count = random.Next(1, 8);
        for (var i = 0; i < count; i++)
        {
            if (random.Next(3) > 0)
            {
                Take();
                Follow();
            }
            else if (_inHandOf.Count > 0)
            {
                Finish(random.Next(_inHandOf.Count));
            }
        }

        Follow();
    }

    /// <summary>Finishes all messages in hand.</summary>
    public void Drain()
    {
        while (_inHandOf.Count > 0)
        {
            Finish(0);
        }

        Follow();
    }

    // The broker's priorities fill the lowest level that has room.
    private void Take()
    {
        if (_levels.FindIndex(level => level.InHand < level.Size) is var at and >= 0)
        {
            _levels[at] = _levels[at] with { InHand = _levels[at].InHand + 1 };
            _inHandOf.Add(at);
            Peak = Math.Max(Peak, _inHandOf.Count);
        }
    }

    private void Finish(int message)
    {
        if (_inHandOf[message] is var at and >= 0)
        {
            _levels[at] = _levels[at] with { InHand = _levels[at].InHand - 1 };
        }

        _inHandOf.RemoveAt(message);
    }

    private void Follow()
    {
        while (WindowRule.Next([.. _levels.Select(level => new LevelState(level.Size, level.InHand, TimeSpan.FromMinutes(1)))], _inHandOf.Count, 1000, new(Units, Places)) is var next and not 0)
        {
            if (next != WindowRule.Close)
            {
                _levels.Add((next, 0));
                continue;
            }

            var closed = _levels.Count - 1;
            _levels.RemoveAt(closed);
            for (var i = 0; i < _inHandOf.Count; i++)
            {
                _inHandOf[i] = _inHandOf[i] == closed ? -1 : _inHandOf[i];
            }
        }
    }
}
