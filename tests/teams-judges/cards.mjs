// Judges Adaptive Cards as Teams has them: reads each with Microsoft's own renderer for version 1.5, and compiles it against the types that Microsoft
// publishes for Teams. A line in is a JSON array of cards, a line out a JSON array of what they have against each.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import ts from "typescript";

globalThis.self = globalThis;
vm.runInThisContext(readFileSync(new URL("node_modules/adaptivecards/dist/adaptivecards.min.js", import.meta.url), "utf8"));
const { AdaptiveCard, HostConfig, SerializableObject, SerializationContext, Versions } = globalThis.AdaptiveCards;

// What it reads by hand stands in no schema of it; the types below know where these belong.
const byHand = new Set(["actions", "body", "cells", "columns", "fallback", "inlines", "items", "msteams", "rows"]);
let unknown = [];
const { parse } = SerializableObject.prototype;
SerializableObject.prototype.parse = function (source, context) {
  if (source && typeof source === "object") {
    const schema = this.getSchema();
    const names = new Set(byHand);
    for (let at = 0; at < schema.getCount(); at++) {
      const { name, targetVersion } = schema.getItemAt(at);
      if (targetVersion.compareTo(Versions.v1_5) <= 0) names.add(name);
    }
    for (const name of Object.keys(source)) if (!names.has(name)) unknown.push(`${source.type} has no ${name} in 1.5`);
  }
  return parse.call(this, source, context);
};

function read(json) {
  unknown = [];
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig({ actions: { maxActions: 20 } }); // Teams puts those behind "…" that are secondary
  const context = new SerializationContext(Versions.v1_5);
  card.parse(json, context);
  const found = [...unknown];
  for (let at = 0; at < context.eventCount; at++) found.push(context.getEventAt(at).message);
  return [...found, ...card.validateProperties().validationEvents.map((event) => event.message)];
}

const name = fileURLToPath(new URL("sent.ts", import.meta.url));
const options = { strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: [], lib: ["lib.es2022.d.ts"] };
const host = ts.createCompilerHost(options);
const readFile = host.getSourceFile;
const parsed = new Map();
let program;
host.getSourceFile = (file, ...rest) => parsed.get(file) ?? parsed.set(file, readFile(file, ...rest)).get(file);

function compile(cards) {
  // The types know `full`; Teams' documentation has `Full`, and Teams takes both.
  const lines = ['import type { IAdaptiveCard } from "@microsoft/teams.cards";', ...cards.map((card) => `{ const card: IAdaptiveCard = ${JSON.stringify(card).replace('"width":"Full"', '"width":"full"')}; }`)];
  const source = ts.createSourceFile(name, lines.join("\n"), ts.ScriptTarget.ES2022);
  parsed.set(name, source);
  program = ts.createProgram([name], options, host, program);
  const found = cards.map(() => []);
  for (const { file, start, messageText } of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const what = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (file !== source) throw new Error(`${file?.fileName}: ${what}`);
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    if (line === 0) throw new Error(what);
    found[line - 1].push(`${what} at ${lines[line].slice(character, character + 200)}`);
  }
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const cards = JSON.parse(line);
  const compiled = compile(cards);
  console.log(JSON.stringify(cards.map((card, at) => [...read(card), ...compiled[at]])));
}
