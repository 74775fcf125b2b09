// Calls Slack's Web API with Slack's own client. A line in is {call, arguments, token, waits}, a line out its answer, or how the client names its failure.
// Usage: node client.mjs API_URL BOT_TOKEN
import { createInterface } from "node:readline";
import { LogLevel, WebClient } from "@slack/web-api";

const [slackApiUrl, botToken] = process.argv.slice(2);

for await (const line of createInterface({ input: process.stdin })) {
  const { call, arguments: given, token, waits } = JSON.parse(line);
  const client = new WebClient(token ?? botToken, { slackApiUrl, logLevel: LogLevel.ERROR, rejectRateLimitedCalls: !waits, retryConfig: { retries: waits ? 1 : 0, minTimeout: 0 } });
  const method = call.split(".").reduce((on, name) => (typeof on[name] === "function" ? on[name].bind(on) : on[name]), client);
  try {
    console.log(JSON.stringify(await method(given)));
  } catch ({ code, data, retryAfter, statusCode }) {
    console.log(JSON.stringify({ ok: false, code, error: data?.error, needed: data?.needed, messages: data?.response_metadata?.messages, retryAfter, statusCode }));
  }
}
