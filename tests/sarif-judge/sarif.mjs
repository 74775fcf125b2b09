// Holds a SARIF log against the schema that its authors publish. A line in is the log as JSON, a line out a JSON array of what the schema has against it.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Ajv = require("ajv");
const ajv = new Ajv({ schemaId: "auto", allErrors: true, validateSchema: false });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const validate = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

for await (const line of createInterface({ input: process.stdin })) {
  validate(JSON.parse(line));
  console.log(JSON.stringify((validate.errors ?? []).map((error) => `${error.dataPath} ${error.message} ${JSON.stringify(error.params)}`)));
}
