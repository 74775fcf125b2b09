using System.Net;
using System.Text;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Storage;

namespace EightD.Bot.Tests.Replicas;

/// <summary>A blob that cannot be read, or that a newer build wrote, is left alone and stops nothing else.</summary>
public sealed class PoisonTests(AzuriteServer azurite)
{
    private const string Tenant = "playground";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_poisoned_8D_is_answered_503_and_left_alone_and_the_others_go_on()
    {
        var container = AzuriteServer.NewContainer();
        var settings = await azurite.SettingsAsync(container);
        using var replicas = await ReplicaSet.StartAsync(1, settings);
        foreach (var place in new[] { "garbage", "newer", "ops" })
        {
            await replicas.People(0).Says("ana", "/8d start Checkout is down", place);
            await replicas.People(0).IsAsked("D0: Problem discovered", place);
        }

        var store = await azurite.OpenAsync(container);
        var poisoned = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [await KeyAsync(store, "garbage")] = "\0\u0001 no 8D at all",
            [await KeyAsync(store, "newer")] = (await TextAsync(store, await KeyAsync(store, "newer"))).Replace("\"schema\":1,", "\"schema\":999,", StringComparison.Ordinal),
        };
        foreach (var (key, text) in poisoned)
        {
            await store.TryPutAsync(key, Encoding.UTF8.GetBytes(text), PutIf.Any, Cancel);
            await store.TryPutAsync(Keys.DueMarker(DateTimeOffset.UtcNow.AddMinutes(-5), Tenant, [key.Split('/')[^1], "0a1b2c3d4e-1"], "deliver"), default, PutIf.Any, Cancel);
        }

        await store.TryPutAsync(Keys.Due + "no marker at all", default, PutIf.Any, Cancel);
        await replicas.AddAsync(settings); // one that has them in mind as they were, one that has not

        for (var bot = 0; bot < 2; bot++)
        {
            foreach (var place in new[] { "garbage", "newer" })
            {
                using var answer = await replicas.People(bot).PostAsync(replicas.People(bot).In(place, "/messages"), new { user = "ana", text = "/8d answer D3.temporary w1" });
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Matches(@"^\{""error"":""[A-Z].*\.""\}$", await answer.Content.ReadAsStringAsync(Cancel));
                await replicas.People(bot).Says("ben", $"hello {bot}", place); // what needs no 8D is said
            }

            await replicas.People(bot).Says("ana", $"/8d answer D3.temporary w{bot}");
            Assert.Contains($"w{bot}", await replicas.People(bot).ReportAsync(), StringComparison.Ordinal);
            await replicas.People(bot).Says("ana", "/8d start Another one", $"more{bot}");
            await replicas.People(bot).IsAsked("D0: Problem discovered", $"more{bot}");
            await replicas.People(bot).Says("ana", "/8d list", $"more{bot}"); // over all that are open
            await People.UntilAsync(async () => (await replicas.People(bot).IsTold("ana", $"more{bot}")).Exists(message => message.Text.Contains("Checkout is down", StringComparison.Ordinal)), "the others are listed");
        }

        foreach (var (key, text) in poisoned) Assert.Equal(text, await TextAsync(store, key));
        await People.UntilAsync(() => Task.FromResult(poisoned.Keys.All(key => replicas[1].Output.Contains(key, StringComparison.Ordinal))), "the log names them");
    }

    [Fact]
    public async Task What_a_killed_replica_left_is_delivered_in_spite_of_a_poisoned_8D_before_it()
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        var container = AzuriteServer.NewContainer();
        using var replicas = await ReplicaSet.StartAsync([await azurite.SettingsAsync(container, proxy.Port), await azurite.SettingsAsync(container)]);
        var store = await azurite.OpenAsync(container);
        for (var number = 0; number < 20; number++)
        {
            await store.TryPutAsync(Keys.Incident(Tenant, $"poison{number}"), Encoding.UTF8.GetBytes("no 8D at all"), PutIf.Any, Cancel);
            await store.TryPutAsync(Keys.DueMarker(DateTimeOffset.UtcNow.AddMinutes(-5 - number), Tenant, [$"poison{number}", "0a1b2c3d4e-1"], "deliver"), default, PutIf.Any, Cancel);
        }

        proxy.Meet(call => call is { Method: "PUT" } && call.Target.Contains("/talk/", StringComparison.Ordinal) ? Fault.Dark : Fault.None);
        await replicas.People(0).Says("ana", "/8d start Checkout is down");
        await replicas[0].KillAsync();

        await People.UntilAsync(async () => await replicas.People(1).QuestionAsync() is not null, () => "the first question is asked", TimeSpan.FromSeconds(60));
        for (var number = 0; number < 20; number++) Assert.Equal("no 8D at all", await TextAsync(store, Keys.Incident(Tenant, $"poison{number}")));
    }

    private static async Task<string> KeyAsync(IBlobStore store, string conversation) => Keys.Incident(Tenant, await TextAsync(store, Keys.Open(Tenant, conversation)));

    private static async Task<string> TextAsync(IBlobStore store, string key) => Encoding.UTF8.GetString((await store.GetAsync(key, Cancel))!.Value.Content.Span);
}
