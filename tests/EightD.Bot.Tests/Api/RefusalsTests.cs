using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Api;

/// <summary>What the API does not take: it says so with a status and a sentence, and nothing has changed.</summary>
public sealed class RefusalsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"user\":5,\"text\":\"x\"}")]
    [InlineData("{\"user\":\"ana\",\"text\":[\"x\"]}")]
    [InlineData("{\"user\":\"ana\"}")]
    [InlineData("{\"user\":\"ana\",\"text\":\"  \\n \"}")]
    [InlineData("{\"text\":\"x\"}")]
    [InlineData("{\"user\":\"\",\"text\":\"x\"}")]
    public async Task A_message_that_cannot_be_read_is_400(string body)
    {
        await using var chat = await Chat.OpenAsync();

        using var answer = await chat.Http.PostAsync(chat.In("ops", "/messages"), Json(body), Cancel);

        await IsRefused(answer, HttpStatusCode.BadRequest);
        Assert.Empty(await chat.Sees("ana"));
    }

    [Fact]
    public async Task A_press_or_a_form_that_cannot_be_read_is_400()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var before = await chat.ReportAsync();

        await IsRefused(await chat.Http.PostAsync(chat.In("ops", "/actions"), Json("{\"action\":\"resolved\"}"), Cancel), HttpStatusCode.BadRequest);
        await IsRefused(await chat.Http.PostAsync(chat.In("ops", "/actions"), Json("resolved"), Cancel), HttpStatusCode.BadRequest);
        await IsRefused(await chat.Http.PostAsync(chat.In("ops", "/forms/answer.D0.1.add"), Json("{\"user\":\"ana\",\"values\":\"x\"}"), Cancel), HttpStatusCode.BadRequest);
        await IsRefused(await chat.Http.PostAsync(chat.In("ops", "/forms/answer.D0.1.add"), Json("{\"user\":\"ana\",\"values\":{\"answer\":{}}}"), Cancel), HttpStatusCode.BadRequest);

        Assert.Equal(before, await chat.ReportAsync());
        Assert.Contains((await chat.CardAsync()).Card!.Fields, field => field.Value.StartsWith("Burning", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task What_is_not_application_json_is_400(string? type)
    {
        await using var chat = await Chat.OpenAsync();
        using var body = new ByteArrayContent("{\"user\":\"ana\",\"text\":\"x\"}"u8.ToArray());
        body.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);

        using var answer = await chat.Http.PostAsync(chat.In("ops", "/messages"), body, Cancel);

        await IsRefused(answer, HttpStatusCode.BadRequest);
        Assert.Empty(await chat.Sees("ana"));
    }

    [Fact]
    public async Task A_body_of_256_KB_is_taken_and_a_longer_one_is_413()
    {
        await using var chat = await Chat.OpenAsync();

        using var taken = await chat.Http.PostAsync(chat.In("ops", "/messages"), Json(Message(256 * 1024)), Cancel);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        await IsRefused(await chat.Http.PostAsync(chat.In("ops", "/messages"), Json(Message((256 * 1024) + 1)), Cancel), HttpStatusCode.RequestEntityTooLarge);
        using var unmeasured = new HttpRequestMessage(HttpMethod.Post, chat.In("ops", "/messages")) { Content = Json(Message((256 * 1024) + 1)) };
        unmeasured.Headers.TransferEncodingChunked = true;
        await IsRefused(await chat.Http.SendAsync(unmeasured, Cancel), HttpStatusCode.RequestEntityTooLarge);
        Assert.Single(await chat.Sees("ana"));

        static string Message(int size)
        {
            const string frame = "{\"user\":\"ana\",\"text\":\"\"}";
            return frame.Insert(frame.Length - 2, new string('x', size - frame.Length));
        }
    }

    [Fact]
    public async Task Where_nothing_is_the_answer_is_404()
    {
        await using var chat = await Chat.OpenAsync();
        foreach (var nowhere in new[] { "/playground/api", "/playground/api/rooms", "/playground/api/conversations/ops/nothing", "/playground/api/people/ana", "/playground/nothing.js", "/nothing" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await chat.Http.GetAsync(new Uri(nowhere, UriKind.Relative), Cancel)).StatusCode);
        }

        await IsRefused(await chat.Http.DeleteAsync(chat.In("ops"), Cancel), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:4711", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("127.1.2.3:80", HttpStatusCode.OK)]
    [InlineData("[::1]:3978", HttpStatusCode.OK)]
    [InlineData("attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost.attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.nip.io", HttpStatusCode.Forbidden)]
    [InlineData("192.168.0.7:3978", HttpStatusCode.Forbidden)]
    [InlineData("0.0.0.0", HttpStatusCode.Forbidden)]
    public async Task It_answers_only_to_the_names_of_this_machine(string host, HttpStatusCode expected)
    {
        await using var chat = await Chat.OpenAsync();
        foreach (var address in new[] { "/", "/playground/api/conversations/ops?user=ana", "//playground/api/conversations/ops?user=ana", "/%70layground/api/conversations/ops?user=ana" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address == "/" ? "/playground/api/conversations/ops" : address.TrimStart('/').Insert(0, "/"), UriKind.Relative));
            request.Headers.Host = host;
            Assert.Equal(expected, (await chat.Http.SendAsync(request, Cancel)).StatusCode);
        }
    }

    [Fact]
    public async Task It_answers_only_to_its_own_page()
    {
        await using var chat = await Chat.OpenAsync();
        var own = chat.Address.GetLeftPart(UriPartial.Authority);

        Assert.Equal(HttpStatusCode.OK, await SayFrom(null));
        Assert.Equal(HttpStatusCode.OK, await SayFrom(own));
        foreach (var other in new[] { "null", "https://attacker.example", "http://localhost:1", "http://127.0.0.1", own.Replace("http:", "https:", StringComparison.Ordinal), own + ".attacker.example" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await SayFrom(other));
        }

        Assert.Equal(2, (await chat.Sees("ana")).Count);

        async Task<HttpStatusCode> SayFrom(string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, chat.In("ops", "/messages")) { Content = JsonContent.Create(new { user = "ana", text = "hello" }) };
            if (origin is not null) request.Headers.Add("Origin", origin);
            using var answer = await chat.Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_browser_may_show_its_answers_to_nobody_else()
    {
        await using var chat = await Chat.OpenAsync();
        foreach (var address in new[] { "/playground/api/conversations/ops?user=ana", "/playground/api/nothing", "/" })
        {
            using var answer = await chat.Http.GetAsync(new Uri(address, UriKind.Relative), Cancel);

            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
            Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET /playground/api/conversations/%ff HTTP/1.1")]
    [InlineData("GET /playground/api/conversations/%zz HTTP/1.1")]
    [InlineData("GET /playground/api/conversations/%00 HTTP/1.1")]
    [InlineData("GET /playground/api/conversations/a/b/c/d HTTP/1.1")]
    [InlineData("GET /playground/../healthz HTTP/1.1")]
    [InlineData("BREW /playground/api/conversations/ops HTTP/1.1")]
    [InlineData("POST /playground/api/conversations/ops/messages HTTP/1.1")]
    public async Task An_odd_request_is_answered_below_500(string line)
    {
        await using var chat = await Chat.OpenAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(chat.Address.Host, chat.Address.Port, Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Cancel);
        using var reader = new StreamReader(client.GetStream());

        var status = await reader.ReadLineAsync(Cancel);

        Assert.Matches("^HTTP/1\\.1 [2-4]\\d\\d ", status);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task IsRefused(HttpResponseMessage answer, HttpStatusCode status)
    {
        using (answer)
        {
            Assert.Equal(status, answer.StatusCode);
            var why = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.Matches("^[A-Z].*\\.$", why.GetProperty("error").GetString());
        }
    }
}
