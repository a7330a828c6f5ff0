// Reads {url, model, locale, skill, conversations: [[step, ...], ...]}. In each conversation
// somebody new talks to the skill at the URL: null opens it, a text is said, and a number moves the
// clock by so many seconds. Prints {answers}, the skill's answers, for each conversation.
"use strict";

const fs = require("fs");
require("./samples.js");
const { VirtualAlexa } = require("virtual-alexa");

async function main() {
  const { url, model, locale, skill, conversations } = JSON.parse(fs.readFileSync(0, "utf-8"));
  const alexa = VirtualAlexa.Builder()
    .applicationID(skill)
    .interactionModel(model)
    .skillURL(url)
    .locale(locale)
    .create();
  let passed = 0;
  alexa.filter((body) => {
    body.request.timestamp = new Date(Date.now() + passed * 1000).toISOString();
  });
  for (const [number, said] of conversations.entries()) {
    alexa.context().user().setID(`amzn1.ask.account.${locale}.${number}`);
    const answers = [];
    for (const next of said) {
      if (typeof next === "number") passed += next;
      else if (next === null) answers.push(await alexa.launch());
      else answers.push(await alexa.utter(next));
    }
    if (alexa.context().activeSession()) await alexa.endSession();
    console.log(JSON.stringify({ answers }));
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
