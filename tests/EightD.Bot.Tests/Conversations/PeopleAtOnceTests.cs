using System.Globalization;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Conversations;

public sealed class PeopleAtOnceTests
{
    [Fact]
    public async Task Two_hundred_answers_of_twenty_people_stand_in_the_report_once_each()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        string[] targets = ["D0.stakeholders", "D1", "D2", "D2.symptoms", "D3", "D4", "D4.findings", "D5", "D6", "D7.training"];

        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(person => targets.Select((target, place) =>
        {
            var word = Word(person, place);
            return chat.Says($"person{person}", target switch
            {
                "D1" => $"/8d answer D1 {word} | Helper | Team | All",
                "D6" => $"/8d answer D6 {word} | person{person} | Dec 30, 2024 | Open",
                _ => $"/8d answer {target} {word}",
            });
        })));

        var report = await chat.ReportAsync();
        for (var person = 0; person < 20; person++)
        {
            for (var place = 0; place < targets.Length; place++)
            {
                var told = await chat.IsTold($"person{person}");
                Assert.True(report.Split(Word(person, place)).Length == 2, $"{Word(person, place)} for {targets[place]} stands {report.Split(Word(person, place)).Length - 1} times; its author was told: {string.Join(" // ", told.Select(message => message.Text))}");
            }
        }

        Assert.Single(await chat.Posted());
        var seen = await chat.Sees("anybody");
        Assert.Equal(seen.Count, seen.Select(message => message.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(200, seen.Count(message => message.From.StartsWith("person", StringComparison.Ordinal)));
        for (var person = 0; person < 20; person++) Assert.Equal(10, (await chat.IsTold($"person{person}")).Count);

        static string Word(int person, int place) => string.Create(CultureInfo.InvariantCulture, $"w{person:D2}x{place:D2}");
    }

    [Fact]
    public async Task Of_eight_starts_at_once_one_wins_and_the_others_are_told()
    {
        await using var chat = await Chat.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(person => chat.Says($"person{person}", $"/8d start Title {person}")));

        var card = Assert.Single(await chat.Posted());
        var winner = card.Card!.Title[^1];
        Assert.StartsWith("# 0001: Title " + winner, await chat.ReportAsync(), StringComparison.Ordinal);
        for (var person = 0; person < 8; person++)
        {
            var told = await chat.IsTold($"person{person}");
            if (winner - '0' == person) Assert.Empty(told);
            else Assert.Contains($"8D 0001: Title {winner}", Assert.Single(told).Text, StringComparison.Ordinal);
        }

        Assert.Single((await chat.Sees("anybody")), message => message.Card?.Title == "D0: Problem discovered");
    }

    [Fact]
    public async Task Sixteen_conversations_that_start_at_once_have_sixteen_numbers()
    {
        await using var chat = await Chat.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(place => chat.Says("ana", $"/8d start Title {place}", $"ops{place}")));

        var numbers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async place => (await chat.ReportAsync($"ops{place}"))[2..6]));
        Assert.Equal(Enumerable.Range(1, 16).Select(number => number.ToString("D4", CultureInfo.InvariantCulture)), numbers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_request_sent_ten_times_at_once_is_taken_once()
    {
        await using var chat = await Chat.OpenAsync();
        var starts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => chat.Says("ana", "/8d start Checkout is down", requestId: "start")));
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => chat.Says("ana", "/8d answer D3 Restarted the database", requestId: "answer")));

        Assert.Single(starts.Distinct(StringComparer.Ordinal));
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Equal(2, (await chat.ReportAsync()).Split("Restarted the database").Length);
        Assert.Equal(2, (await chat.Sees("anybody")).Count(message => message.From == "ana"));
        Assert.Single(await chat.IsTold("ana"));
    }

    [Fact]
    public async Task Of_two_presses_on_one_question_the_second_moves_nothing()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var question = await chat.IsAsked("D0: Problem discovered");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(person => chat.Presses($"person{person}", question, "Skip")));

        await chat.IsAsked("D0: Impact");
        Assert.Equal(5, (await Task.WhenAll(Enumerable.Range(0, 6).Select(person => chat.IsTold($"person{person}")))).Sum(told => told.Count));
    }

    [Fact]
    public async Task Many_conversations_publish_at_once_into_one_repository()
    {
        await using var chat = await Chat.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async place =>
        {
            await chat.Says("ana", $"/8d start Title {place}", $"ops{place}");
            await chat.Says("ana", "/8d close --anyway The rest follows", $"ops{place}");
            await People.UntilAsync(async () => (await chat.Posted($"ops{place}")).Exists(message => message.Card?.Fields.Exists(field => field.Name == "Git") == true), "it is committed");
        }));

        var contents = GitHere.Read(chat.Repository, "docs/8d/README.md");
        for (var number = 1; number <= 8; number++) Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"- [{number:D4}: Title "), contents, StringComparison.Ordinal);
        Assert.Equal("8", GitHere.Run(chat.Repository, "rev-list", "--count", "main"));
        Assert.Equal("", GitHere.Run(chat.Repository, "fsck", "--full", "--strict"));
    }
}
