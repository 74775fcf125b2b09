namespace EightD.Bot.Channels.Slack;

/// <summary>Equal marks in a row (<c>**</c>), and what came of them: spans of text that end or begin there.</summary>
/// <param name="mark"><c>*</c>, <c>_</c> or <c>~</c>.</param>
/// <param name="length">How many.</param>
/// <param name="opens">Whether a span can begin here.</param>
/// <param name="closes">Whether one can end here.</param>
internal sealed class MarkRun(char mark, int length, bool opens, bool closes)
{
    private const int Longest = 3;

    private readonly List<int> _ends = [], _begins = [];

    public char Mark => mark;

    /// <summary>How many marks belong to no span and are text, between what ends and what begins.</summary>
    public int Left { get; private set; } = length;

    /// <summary>How many marks each span has that ends here, the innermost first.</summary>
    public IReadOnlyList<int> Ends => _ends;

    /// <summary>How many marks each span has that begins here, the outermost first.</summary>
    public IReadOnlyList<int> Begins => _begins;

    /// <summary>
    /// Pairs the runs of one line. As CommonMark does but for one thing: a span ends at as many marks as it began with, so that
    /// <c>**2*3**</c> is bold. Each run is put aside and taken up again once, so that the time grows with the runs alone.
    /// </summary>
    public static void Pair(IEnumerable<MarkRun> runs)
    {
        Stack<MarkRun> open = [];
        Dictionary<(char Mark, int Length), int> waiting = [];
        foreach (var run in runs)
        {
            if (run.Left > Longest) continue;
            if (run.CanClose) run.Close(open, waiting);
            if (!run.CanOpen || run._ends.Count > 0) continue;
            open.Push(run);
            Count(waiting, run, 1);
        }
    }

    private bool CanOpen => opens;

    private bool CanClose => closes;

    private void Close(Stack<MarkRun> open, Dictionary<(char Mark, int Length), int> waiting)
    {
        while (Left > 0 && Enumerable.Range(1, Longest).Any(size => Fits(size) && waiting.GetValueOrDefault((mark, size)) > 0))
        {
            var opener = open.Pop();
            Count(waiting, opener, -1);
            if (opener.Mark != mark || !Fits(opener.Left)) continue;
            var taken = Math.Min(opener.Left, Left);
            opener._begins.Insert(0, taken);
            _ends.Add(taken);
            opener.Left -= taken;
            Left -= taken;
            if (opener.Left == 0) continue;
            open.Push(opener);
            Count(waiting, opener, 1);
        }
    }

    private bool Fits(int size) => size == Left || size == Longest || Left == Longest;

    private static void Count(Dictionary<(char Mark, int Length), int> waiting, MarkRun run, int change) =>
        waiting[(run.Mark, run.Left)] = waiting.GetValueOrDefault((run.Mark, run.Left)) + change;
}
