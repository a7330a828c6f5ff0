// Reads {model, said: [...]} and prints, for each utterance, the intent object that a virtual
// Alexa makes of it: {said, intent}; the intent is null where no sample fits.
"use strict";

const fs = require("fs");
require("./samples.js");
const { VirtualAlexa } = require("virtual-alexa");

async function main() {
  const { model, said } = JSON.parse(fs.readFileSync(0, "utf-8"));
  let intent = null;
  const alexa = VirtualAlexa.Builder()
    .handler(async (event) => {
      intent = event.request.intent || null;
      return { version: "1.0", response: { shouldEndSession: false } };
    })
    .interactionModel(model)
    .create();
  for (const utterance of said) {
    intent = null;
    try {
      await alexa.utter(utterance);
    } catch (error) {
      if (!String(error).includes("Unable to match utterance")) throw error;
    }
    console.log(JSON.stringify({ said: utterance, intent }));
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
