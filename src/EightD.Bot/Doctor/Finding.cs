namespace EightD.Bot.Doctor;

/// <summary>What a check found: one line.</summary>
/// <param name="IsOk">Whether it is as it should be.</param>
/// <param name="Text">What was looked at and how it is; where it is not well, what mends it. No secret.</param>
internal readonly record struct Finding(bool IsOk, string Text)
{
    public static Finding Ok(string text) => new(IsOk: true, text);

    public static Finding Fail(string text) => new(IsOk: false, text);

    /// <summary><c>ok</c> or <c>fail</c>, then the text.</summary>
    public override string ToString() => $"{(IsOk ? "ok  " : "fail")}  {Text.ReplaceLineEndings(" ")}";
}
