// Acknowledges slash commands and does nothing else: the least that an app of Slack's own framework does.
import bolt from "@slack/bolt";

const receiver = new bolt.HTTPReceiver({ signingSecret: "signing-secret", logLevel: bolt.LogLevel.ERROR });
const app = new bolt.App({ receiver, authorize: async () => ({ botToken: "xoxb-none", botId: "B0001", botUserId: "UBOT" }), logLevel: bolt.LogLevel.ERROR });
app.command("/8d", async ({ ack }) => ack());
await app.start(Number(process.argv[2]));
console.log("ready");
