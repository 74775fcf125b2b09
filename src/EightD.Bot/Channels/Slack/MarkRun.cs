namespace EightD.Bot.Channels.Slack;

/// <summary>Equal marks in a row (<c>**</c>), and what came of them: spans of text that end or begin there.</summary>
/// <param name="mark"><c>*</c>, <c>_</c> or <c>~</c>.</param>
/// <param name="length">How many.</param>
/// <param name="opens">Whether a span can begin here.</param>
/// <param name="closes">Whether one can end here.</param>
internal sealed class MarkRun(char mark, int length, bool opens, bool closes)
{
    private const int Longest = 3;

    private List<int>? _ends, _begins;

    public char Mark => mark;

    /// <summary>How many marks belong to no span and are text, between what ends and what begins.</summary>
    public int Left { get; private set; } = length;

    /// <summary>How many marks each span has that ends here, the innermost first.</summary>
    public IReadOnlyList<int> Ends => _ends ?? [];

    /// <summary>How many marks each span has that begins here, the outermost first.</summary>
    public IReadOnlyList<int> Begins => _begins ?? [];

    /// <summary>
    /// Pairs the runs of one line. As CommonMark does but for one thing: a span ends at as many marks as it began with, so that
    /// <c>**2*3**</c> is bold. Each run is put aside and taken up again once, so that the time grows with the runs alone.
    /// </summary>
    public static void Pair(IEnumerable<MarkRun> runs)
    {
        Stack<MarkRun> open = [];
        var waiting = new int[3 * (Longest + 1)];
        foreach (var run in runs)
        {
            if (run.Left > Longest) continue;
            if (run.CanClose) run.Close(open, waiting);
            if (!run.CanOpen || run._ends is not null) continue;
            open.Push(run);
            waiting[run.Place(run.Left)]++;
        }
    }

    private bool CanOpen => opens;

    private bool CanClose => closes;

    private void Close(Stack<MarkRun> open, int[] waiting)
    {
        while (Left > 0 && IsAwaited(waiting))
        {
            var opener = open.Pop();
            waiting[opener.Place(opener.Left)]--;
            if (opener.Mark != mark || !Fits(opener.Left)) continue;
            var taken = Math.Min(opener.Left, Left);
            (opener._begins ??= []).Insert(0, taken);
            (_ends ??= []).Add(taken);
            opener.Left -= taken;
            Left -= taken;
            if (opener.Left == 0) continue;
            open.Push(opener);
            waiting[opener.Place(opener.Left)]++;
        }
    }

    /// <summary>Whether a run is open that can end here, so that none is put aside in vain.</summary>
    private bool IsAwaited(int[] waiting)
    {
        for (var size = 1; size <= Longest; size++)
        {
            if (Fits(size) && waiting[Place(size)] > 0) return true;
        }

        return false;
    }

    private bool Fits(int size) => size == Left || size == Longest || Left == Longest;

    /// <summary>Where open runs of a mark and a length are counted.</summary>
    private int Place(int size) => size + ((Longest + 1) * (mark switch { '*' => 0, '_' => 1, _ => 2 }));
}
