// Reads cards with Microsoft's own renderer. A line in is a JSON array of cards as JSON, a line out a JSON array of what it has against each.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

globalThis.self = globalThis; // its bundle is made for browsers

const { AdaptiveCard, SerializationContext, Versions } = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");

for await (const line of createInterface({ input: process.stdin })) {
  const found = JSON.parse(line).map((text) => {
    const context = new SerializationContext(Versions.v1_5);
    const card = new AdaptiveCard();
    card.parse(JSON.parse(text), context);
    const complaints = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
    for (const { validationEvents, physicalObjectName } of card.validateProperties?.().failures ?? []) complaints.push(...validationEvents.map((event) => event.message));
    if (card.getItemCount() !== JSON.parse(text).body.length) complaints.push("It leaves elements out.");
    return complaints;
  });
  console.log(JSON.stringify(found));
}
