// Loaded first: virtual-core makes each sample's expression anew for every utterance, which takes
// a second each; here it is made once.
"use strict";

const { SamplePhrase } = require("virtual-core/lib/src/SampleUtterances");

const expression = SamplePhrase.prototype.regex;
SamplePhrase.prototype.regex = function () {
  this.expression = this.expression || expression.call(this);
  return this.expression;
};
