// A bot that Slack's own framework makes, in the place of ours: what its listeners are given it writes, a line of JSON each; the first says where it listens.
// Usage: node bot.mjs http|socket API_URL BOT_TOKEN SIGNING_SECRET|APP_TOKEN
import bolt from "@slack/bolt";

const [way, slackApiUrl, token, secret] = process.argv.slice(2);
const clientOptions = { slackApiUrl };
const logLevel = bolt.LogLevel.ERROR;
const receiver =
  way === "http"
    ? new bolt.HTTPReceiver({ signingSecret: secret, endpoints: ["/slack/commands", "/slack/interactivity", "/slack/events"], logLevel })
    : new bolt.SocketModeReceiver({ appToken: secret, installerOptions: { clientOptions }, clientPingTimeout: 200, logLevel });
const app = new bolt.App({ receiver, token, clientOptions, logLevel });
const hears = (listener, given) => console.log(JSON.stringify({ listener, ...given }));

const plain = (text) => ({ type: "plain_text", text, emoji: false });
const card = [
  {
    type: "actions",
    block_id: "deeds",
    elements: [
      { type: "button", action_id: "skip", value: "7", text: plain("Skip"), accessibility_label: "Skip" },
      { type: "static_select", action_id: "part", placeholder: plain("Part"), options: [{ text: plain("Impact"), value: "D0.1" }] },
    ],
  },
];
const form = {
  type: "modal",
  callback_id: "edit",
  private_metadata: "D2",
  notify_on_close: true,
  title: plain("D2"),
  submit: plain("Save"),
  blocks: [
    { type: "input", block_id: "impact", label: plain("Impact"), element: { type: "plain_text_input", action_id: "text" } },
    { type: "input", block_id: "due", optional: true, label: plain("Due"), element: { type: "datepicker", action_id: "date" } },
    { type: "input", block_id: "link", optional: true, label: plain("Link"), element: { type: "external_select", action_id: "report", min_query_length: 0 } },
  ],
};

app.command("/8d", async ({ command, ack, respond, say, client }) => {
  const { command: name, text, user_id, channel_id, team_id, api_app_id, is_enterprise_install } = command;
  hears("command", { name, text, user_id, channel_id, team_id, api_app_id, is_enterprise_install });
  await ack({ text: "At once" });
  if (text === "edit") await client.views.open({ trigger_id: command.trigger_id, view: form });
  if (text !== "start") return;
  await respond({ text: "Later" });
  await say({ text: "8D 0001", blocks: card, unfurl_links: false, unfurl_media: false });
});
app.action("skip", async ({ action, body, ack, respond }) => {
  hears("button", { action_id: action.action_id, block_id: action.block_id, value: action.value, user: body.user.id, channel: body.channel.id, ts: body.message.ts, text: body.message.text, container: body.container.type });
  await ack();
  await respond({ text: "Skipped", replace_original: true });
});
app.action({ type: "block_actions", action_id: "part", block_id: "deeds" }, async ({ action, body, ack }) => {
  hears("select", { value: action.selected_option.value, label: action.selected_option.text.text, team: body.team.id });
  await ack();
});
app.view("edit", async ({ view, body, ack }) => {
  hears("submitted", { user: body.user.id, private_metadata: view.private_metadata, values: view.state.values });
  await ack(view.state.values.impact.text.value === "?" ? { response_action: "errors", errors: { impact: "Say it in words." } } : undefined);
});
app.view({ callback_id: "edit", type: "view_closed" }, async ({ view, body, ack }) => {
  hears("closed", { user: body.user.id, view: view.id, is_cleared: body.is_cleared });
  await ack();
});
app.options("report", async ({ options, ack }) => {
  hears("options", { action_id: options.action_id, block_id: options.block_id, value: options.value });
  await ack({ options: [{ text: plain("0001 Checkout"), value: "1" }] });
});
app.shortcut({ callback_id: "add_to_8d", type: "message_action" }, async ({ shortcut, ack, respond }) => {
  hears("message shortcut", { user: shortcut.user.id, channel: shortcut.channel.id, ts: shortcut.message_ts, text: shortcut.message.text, author: shortcut.message.user });
  await ack();
  await respond({ text: "Filed" });
});
app.shortcut({ callback_id: "start_8d", type: "shortcut" }, async ({ shortcut, ack, client }) => {
  hears("shortcut", { user: shortcut.user.id, team: shortcut.team.id });
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
});
app.message(async ({ message, body, context }) => {
  hears("message", { ...message, blocks: undefined, event_id: body.event_id, retry: context.retryNum, bot: context.botUserId });
});
for (const type of ["app_mention", "reaction_added", "app_home_opened", "member_joined_channel", "channel_archive", "tokens_revoked", "app_uninstalled"]) {
  app.event(type, async ({ event }) => hears(type, { ...event, blocks: undefined, event_ts: undefined }));
}

await app.start(0);
hears("ready", { port: way === "http" ? receiver.server?.address().port : undefined });
