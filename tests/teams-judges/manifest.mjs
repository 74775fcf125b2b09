// Holds an app's manifest against the schema that Microsoft publishes for its version. A line in is a JSON array of manifests as JSON, a line out a JSON array of
// what the schema has against each.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const schemas = fileURLToPath(new URL("node_modules/@microsoft/app-manifest/build/json-schemas/teams/", import.meta.url));

function ajvFor(schema) {
  const draft = schema.$schema ?? "";
  const Ajv = require(draft.includes("2020-12") ? "ajv/dist/2020" : draft.includes("2019-09") ? "ajv/dist/2019" : "ajv");
  const ajv = new (Ajv.default ?? Ajv)({ strict: false, allErrors: true, validateFormats: false });
  if (draft.includes("draft-04")) throw new Error(`${draft} is not read here.`);
  if (draft.includes("draft-06")) ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json"));
  return ajv;
}

for await (const line of createInterface({ input: process.stdin })) {
  const found = JSON.parse(line).map((text) => {
    const manifest = JSON.parse(text);
    const schema = JSON.parse(readFileSync(`${schemas}v${manifest.manifestVersion}/MicrosoftTeams.schema.json`, "utf8"));
    if (typeof schema.$schema === "string" && schema.$schema.includes("draft-04")) delete schema.$schema;
    const validate = ajvFor(schema).compile(schema);
    return validate(manifest) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  });
  console.log(JSON.stringify(found));
}
