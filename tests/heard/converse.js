// Reads {url, model, locale, skill, said: [...]}; opens the skill at the URL, says each utterance
// in turn and prints the skill's answers as {said, answer}, the launch first with said null.
"use strict";

const fs = require("fs");
const { VirtualAlexa } = require("virtual-alexa");

async function main() {
  const { url, model, locale, skill, said } = JSON.parse(fs.readFileSync(0, "utf-8"));
  const alexa = VirtualAlexa.Builder()
    .applicationID(skill)
    .interactionModel(model)
    .skillURL(url)
    .locale(locale)
    .create();
  console.log(JSON.stringify({ said: null, answer: await alexa.launch() }));
  for (const utterance of said) {
    console.log(JSON.stringify({ said: utterance, answer: await alexa.utter(utterance) }));
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
