// Plays the sample's 8D in Microsoft's Agents Playground, a stand-in for Teams, with the bot and the page in a browser, each a process of its own. Writes what
// is in the thread, takes pictures of it, and fails where the report in Git is not the sample. Usage: node play.mjs FOLDER-WITH-THE-BOT SAMPLE FOLDER-FOR-PICTURES
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const [work, sample, pictures] = process.argv.slice(2);
const bot = join(work, "bot");
const [atBot, atTeams, atPage] = [3996, 3997, 3998];
const running = [];
const start = (program, args, options = {}) => {
  const process = spawn(program, args, { cwd: work, stdio: "ignore", ...options });
  running.push(process);
  return process;
};
process.on("exit", () => {
  for (const each of running) each.kill("SIGKILL");
});

let browser;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
async function until(what, is) {
  for (let left = 150; left > 0; left--) {
    const found = await is().catch(() => undefined);
    if (found) return found;
    await pause(200);
  }
  if (browser) await picture("teams-failed.png");
  throw new Error(`Waited in vain until ${what}.`);
}

const reports = join(work, "data/reports.git");
start("dotnet", [join(bot, "EightD.Bot.dll"), "--Playground:Enabled=false", `--urls=http://127.0.0.1:${atBot}`, "--Teams:Credential=None", "--Interview:Pause=00:00:00.2"]);
await until("the bot is ready", async () => (await fetch(`http://127.0.0.1:${atBot}/readyz`)).ok);
const playground = fileURLToPath(new URL("node_modules/@microsoft/m365agentsplayground/cli.js", import.meta.url));
start("node", [playground, "start", "-e", `http://127.0.0.1:${atBot}/api/messages`, "-c", "msteams", "-p", `${atTeams}`, "--dt"], { env: { ...process.env, TEAMSAPPTESTER_BROWSER: "none" } });
const teams = `http://127.0.0.1:${atTeams}/`;
const { config } = await until("the Agents Playground is ready", async () => (await fetch(`${teams}_internal/v1/config`)).json());

start("chromium", ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${join(work, "browser")}`, `--remote-debugging-port=${atPage}`, "--window-size=1500,1200", teams]);
const page = await until("the browser is ready", async () => (await (await fetch(`http://127.0.0.1:${atPage}/json`)).json()).find((each) => each.type === "page"));
browser = new WebSocket(page.webSocketDebuggerUrl);
browser.setMaxListeners(0);
await new Promise((open) => browser.on("open", open));
let calls = 0;
const ask = (method, params = {}) =>
  new Promise((done) => {
    const id = ++calls;
    browser.on("message", (message) => JSON.parse(message).id === id && done(JSON.parse(message).result));
    browser.send(JSON.stringify({ id, method, params }));
  });
const run = async (script) => (await ask("Runtime.evaluate", { expression: script, returnByValue: true })).result?.value;
const shown = () => run("document.body.innerText");
const press = (label) => run(`[...document.querySelectorAll("button")].filter((each) => each.innerText.trim() === ${JSON.stringify(label)}).at(-1)?.click()`);
const picture = async (name) => writeFileSync(join(pictures, name), Buffer.from((await ask("Page.captureScreenshot", { format: "png" })).data, "base64"));

await until("the page is there", async () => (await shown()).includes("Start an 8D"));
// What is posted through its API the page does not show, but what the bot says in a thread that it shows, it does: so the thread of the bot's own first post.
const log = new WebSocket(`ws://127.0.0.1:${atTeams}/_ws/log/stream`);
let welcome;
log.on("message", (message) => {
  const { log: entry } = JSON.parse(message);
  if (JSON.stringify(entry?.request?.body ?? "").includes("mention me with")) welcome = entry.messageId;
});
await new Promise((open) => log.on("open", open));
await run(`[...document.querySelectorAll("span,div")].find((each) => each.textContent === "General" && !each.children.length).click()`);
await until("the channel is open", async () => (await shown()).includes("Start a new post"));

await until("the bot says hello", async () => welcome && (await shown()).includes("When something breaks"));
const post = `team-id;messageid=${welcome}`;
const mention = { mentioned: { id: config.bot.id }, text: `<at>${config.bot.name}</at>` };
async function say(words) {
  const body = { from: { id: config.currentUser.id }, text: `${mention.text} ${words}`, textFormat: "plain", mentions: [mention] };
  const answer = await fetch(`${teams}_conversation/v1/conversations/${encodeURIComponent(post)}/messages`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

const report = readFileSync(sample, "utf8");
const title = /^# \d+: (.*)$/m.exec(report)[1];
const disciplines = report.split("\n---\n")[0].split("\n## D").slice(1).map((section) => [`D${section[0]}`, section.slice(section.indexOf("-->") + 3).trim()]);

await say(`start ${title}`);
await until("it asks", async () => (await shown()).includes("D0: Problem discovered"));
await picture("teams-start.png");
await press("Skip");
await until("a button works", async () => (await shown()).includes("D0: Impact"));
for (const [discipline, text] of disciplines) await say(`answer ${discipline}\n${text}`);
await until("all is written", async () => (await shown()).includes("D8 6/6"));
await say("status");
await until("it says how it stands, to whoever asked", async () => (await shown()).match(/D8/g).length > 1);
await picture("teams-status.png");
await say("close --anyway The rest follows");
const file = await until("the report is in Git", async () => execFileSync("git", ["-C", reports, "ls-tree", "-r", "--name-only", "main", "docs/8d"], { encoding: "utf8" }).split("\n").find((name) => name.includes("0001-")));
await until("the closing line is there", async () => (await shown()).includes("is closed, says"));
await picture("teams-closed.png");

const inGit = execFileSync("git", ["-C", reports, "show", `main:${file}`], { encoding: "utf8" });
const body = (text) => text.slice(text.indexOf("\n## D0"), text.lastIndexOf("\n---\n"));
const said = (await shown()).split("\n").map((line) => line.trim());
console.log(said.slice(said.indexOf("Post") + 1, said.indexOf("Log Panel")).filter((line) => line && !line.startsWith("Full width")).join("\n"));
const same = body(inGit) === body(report);
console.log(same ? `\n${file} holds what the sample holds, D0 to D8, ${body(inGit).length} characters.` : "\nThe report in Git is not the sample.");
process.exit(same ? 0 : 1);
