// Compiles what bots send against the types that Slack publishes. A line in is a JSON array of [what, JSON] pairs, a line out a JSON array of what the
// compiler has against each.
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const types = {
  "chat.postMessage": "web.ChatPostMessageArguments",
  "chat.postEphemeral": "web.ChatPostEphemeralArguments",
  "chat.update": "web.ChatUpdateArguments",
  "views.open": "ModalView",
  "views.push": "ModalView",
  "views.update": "ModalView",
  "views.publish": "HomeView",
  view_submission: "ModalView",
  command: "RespondArguments",
  response_url: "RespondArguments",
};

const imports =
  'import type { RespondArguments } from "@slack/bolt"; import type { HomeView, KnownBlock, ModalView } from "@slack/types"; import type * as web from "@slack/web-api";';
const name = fileURLToPath(new URL("sent.ts", import.meta.url));
const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  typeRoots: [fileURLToPath(new URL("node_modules/@types", import.meta.url))],
  types: ["node"],
  lib: ["lib.es2022.d.ts"],
};
const host = ts.createCompilerHost(options);
const read = host.getSourceFile;
const parsed = new Map();
let program;
host.getSourceFile = (file, ...rest) => parsed.get(file) ?? parsed.set(file, read(file, ...rest)).get(file);

for await (const line of createInterface({ input: process.stdin })) {
  const sent = JSON.parse(line);
  const lines = [
    imports,
    // Their `blocks` may be any object with a `type`: so those are compiled by themselves as well.
    ...sent.map(([what, json]) => `{ const whole: ${types[what]} = ${JSON.stringify(json)}; const blocks: KnownBlock[] = ${JSON.stringify(json.blocks ?? [])}; }`),
  ];
  const source = ts.createSourceFile(name, lines.join("\n"), ts.ScriptTarget.ES2022);
  parsed.set(name, source);
  program = ts.createProgram([name], options, host, program);
  const found = sent.map(() => []);
  for (const { file, start, messageText } of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const what = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (file !== source) throw new Error(`${file?.fileName}: ${what}`);
    const { line: at, character } = file.getLineAndCharacterOfPosition(start);
    found[at - 1].push(`${what} at ${lines[at].slice(character, character + 200)}`);
  }
  console.log(JSON.stringify(found));
}
