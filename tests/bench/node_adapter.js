// Hello world on ask-sdk-express-adapter: node node_adapter.js PORT FOLDER MODULES
// Verified: only its download and its roots are replaced by those of the folder.
const fs = require('fs');
const path = require('path');
const [port, folder, modules] = process.argv.slice(2);
const load = (name) => require(path.join(modules, name));
const Alexa = load('ask-sdk-core');
const helper = load('ask-sdk-express-adapter/dist/verifier/helper');
const { ExpressAdapter, SkillRequestSignatureVerifier } = load('ask-sdk-express-adapter');
const express = load('express');

const chain = fs.readFileSync(path.join(folder, 'chain.pem'), 'utf8');
const root = fs.readFileSync(path.join(folder, 'root.pem'), 'utf8');
const withRoots = helper.generateCAStore;
helper.generateCAStore = () => withRoots([root]);
SkillRequestSignatureVerifier.prototype._getCertChainByUrl = async () => chain;

const hello = {
  canHandle: () => true,
  handle: (input) => input.responseBuilder.speak('Hello, world.').getResponse(),
};
const skill = Alexa.SkillBuilders.custom().addRequestHandlers(hello).create();
const app = express();
app.post('/alexa', new ExpressAdapter(skill, true, true).getRequestHandlers());
app.listen(Number(port), '127.0.0.1');
