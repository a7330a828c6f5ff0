// The page: what it shows at each moment, and what a press, a key or a word does.
import { Microphone } from "./microphone.js";
import { Player } from "./player.js";
import { Refused, SessionGone, Speaker } from "./speaker.js";

const $ = (id) => document.getElementById(id);
const words = $("words").dataset;
const speaker = new Speaker();

let context = null;
let player = null;
let microphone = null;
let view = null;
let rate = 22050;
let hasSpeechToText = false;
let pressed = null; // second of the answer at which somebody began to speak
let mode = "rest"; // rest, talking or thinking
let reported = false; // whether the end of this answer was told
let shownCue = null;
let isSilent = false; // whether there is nothing to play sound with
const SOUND_CARD_SECONDS = 3; // to wait for one before going on without

// ---- sound -------------------------------------------------------------------------------

async function wake() {
  if (!player) {
    context = await soundCard();
    player = new Player(context, rate);
    if (context) microphone = new Microphone(context, (...sound) => speaker.sound(...sound));
    window.backCoach = { context, player, speaker, microphone, seek: (at) => player.seek(at) }; // for the console
  } else if (context && context.state !== "running") await context.resume();
}

// The clock of all sound; null where there is none, and the page is read instead.
async function soundCard() {
  try {
    const made = new AudioContext({ latencyHint: "interactive" });
    const isRunning = await Promise.race([
      made.resume().then(() => true),
      new Promise((resolve) => setTimeout(resolve, SOUND_CARD_SECONDS * 1000, false)),
    ]);
    if (isRunning) return made;
    made.close();
  } catch {
    // told below
  }
  isSilent = true;
  return null;
}

async function openMicrophone() {
  if (!hasSpeechToText) return notice(words.noEar);
  if (!microphone) return notice(words.noMicrophone);
  try {
    await microphone.open();
    return true;
  } catch {
    return notice(words.noMicrophone);
  }
}

// ---- talking -----------------------------------------------------------------------------

async function press() {
  if (mode !== "rest") return;
  mode = "talking";
  pressed = player?.position ?? null;
  paint();
  await wake();
  if (mode !== "talking") return;
  player.hush(true);
  if (!(await openMicrophone())) return rest();
  if (mode === "talking") microphone.start();
}

async function release() {
  if (mode !== "talking") return;
  mode = "thinking";
  paint();
  if (microphone?.isOpen) {
    await understand(await microphone.stop());
  } else rest();
}

async function understand(rest) {
  mode = "thinking";
  await answer(() => speaker.heard(pressed, rest));
}

async function say(text) {
  if (mode === "thinking" || !text.trim()) return;
  const at = player?.position ?? null;
  mode = "thinking";
  microphone?.drop();
  paint();
  await wake();
  await answer(() => speaker.say(text, at));
}

async function answer(asking) {
  try {
    const { view: next, debug } = await asking().catch((fault) => again(fault, asking));
    const isAnswer = next.trouble === "" || next.cues.length > 0;
    await show(next, debug, isAnswer);
  } catch (fault) {
    noticeFault(fault);
  }
  rest();
}

// A speaker that was restarted, or that many pages use, has no session of this page any more.
async function again(fault, asking) {
  if (!(fault instanceof SessionGone)) throw fault;
  await openSession();
  return asking();
}

function rest() {
  mode = "rest";
  player?.hush(false);
  paint();
}

function listenFreely() {
  if (!$("hands-free").checked || !microphone?.isOpen || mode !== "rest") return;
  microphone.wait(
    () => {
      pressed = player.position;
      mode = "talking";
      paint();
    },
    understand,
  );
}

// ---- what is shown -----------------------------------------------------------------------

async function show(next, debug, isAnswer) {
  view = next;
  reported = false;
  notice(next.trouble || (isSilent ? words.noSound : ""));
  $("heard").textContent = next.said ? `${words.heard}: “${next.said}”` : "";
  hints();
  develop(debug);
  microphone?.stopWaiting();
  shownCue = null;
  if (isAnswer && player) await player.play(next.cues, Number($("speed").value));
  if (!next.is_open && !next.cues.length) microphone?.close();
}

function notice(text) {
  $("notice").textContent = text ?? "";
}

function noticeFault(fault) {
  notice(fault instanceof Refused ? fault.message : words.offline);
}

function button(text, style) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (style) made.className = style;
  // A second click would answer the question that comes next.
  made.addEventListener("click", (event) => event.detail > 1 || say(text));
  return made;
}

function hints() {
  $("hints").replaceChildren(
    ...view.say.map((text) => {
      const item = document.createElement("li");
      item.append(button(text));
      return item;
    }),
  );
  $("answers").hidden = !view.answers.length;
  $("answers").replaceChildren(...view.answers.map((text) => button(text, "answer")));
}

const last = (spans, at) => spans.findLast((span) => span.start <= at);

function moment() {
  const at = player?.position ?? null;
  if (!view || at === null) return { at: 0, kind: "resting" };
  const cue = view.cues.find((one) => one.start <= at && at < one.end);
  const hold = view.holds.find((one) => one.start <= at && at < one.end);
  const place = last(view.places, at);
  if (!cue) return { at, kind: "resting", place };
  if (hold) return { at, cue, hold, place, kind: hold.is_count ? "counting" : "holding" };
  if (cue.kind === "listening") return { at, cue, place, kind: view.answers.length ? "answering" : "listening" };
  if (cue.kind === "speaking") return { at, cue, place, kind: "speaking" };
  return { at, cue, place, kind: view.phase === "paused" ? "paused" : "moving" };
}

function text(id, value) {
  if ($(id).textContent !== value) $(id).textContent = value;
}

function paint() {
  const now = moment();
  const kind = mode === "rest" ? now.kind : mode;
  if (document.body.dataset.phase !== kind) document.body.dataset.phase = kind;
  text("phase", words[kind] ?? "");
  text("talk-label", { talking: words.talking, thinking: words.thinking }[mode] ?? words.talk);
  $("talk").setAttribute("aria-pressed", mode === "talking");
  dial(now);
  where(now);
  caption(now);
  // The microphone of a listening window.
  if (now.cue !== shownCue) {
    shownCue = now.cue;
    microphone?.stopWaiting();
    if (now.cue?.kind === "listening") listenFreely();
    mark(now.cue);
  }
  ended(now);
}

function dial({ at, cue, hold, kind }) {
  if (mode !== "rest") {
    // Nothing moves while somebody is heard: speech to text needs the machine for itself.
    $("ring").style.visibility = mode === "talking" ? "visible" : "hidden";
    $("ring").style.strokeDashoffset = "0";
    text("count", "");
    return;
  }
  const span = hold ?? (["moving", "listening", "answering", "paused"].includes(kind) ? cue : null);
  const left = span ? Math.max(0, span.end - at) : 0;
  $("ring").style.visibility = span || kind === "speaking" ? "visible" : "hidden";
  $("ring").style.strokeDashoffset = span ? String(1 - left / (span.end - span.start)) : "0";
  text("count", span && ["holding", "counting", "moving"].includes(kind) ? String(Math.ceil(left - 0.02)) : "");
}

function where({ place, cue }) {
  const isOn = place && !place.done;
  const isResting = !view?.is_open && !cue;
  const round = isOn && place.round ? words.round.replace("%1", place.round).replace("%2", place.rounds) : "";
  text("exercise", isResting ? words.lede : (place?.exercise ?? view.heading));
  text("round", isResting ? words.start : place ? round : view.detail);
  text("side", isOn && place.side ? words[place.side] : "");
  document.body.dataset.side = isOn ? place.side : "";
  document.body.dataset.bare = $("exercise").textContent === "";
}

function caption({ at, cue, hold }) {
  const isSpeaking = cue?.kind === "speaking";
  // What was last said stays to be read while nothing else is said, but not during a hold.
  $("caption").classList.toggle("old", !isSpeaking);
  if (hold) return text("caption", "");
  const spoken = isSpeaking ? cue : view?.cues.findLast((one) => one.kind === "speaking" && one.end <= at);
  if (!spoken) return;
  const parts = sentences(spoken.text);
  const gone = Math.min(1, (at - spoken.start) / (spoken.end - spoken.start));
  let before = 0;
  const whole = spoken.text.length;
  text("caption", parts.find((part) => (before += part.length + 1) / whole > gone) ?? parts.at(-1));
}

const sentences = (spoken) => spoken.match(/[^.!?:]+[.!?:]+[”"]*|[^.!?:]+$/g)?.map((part) => part.trim()) ?? [spoken];

async function ended({ at, cue }) {
  if (!view?.cues.length || cue || reported || mode !== "rest" || player?.position == null) return;
  if (at < view.cues.at(-1).end) return;
  reported = true;
  if (!view.is_open) {
    microphone?.close();
    return;
  }
  try {
    const { view: next, debug } = await speaker.time(at);
    await show(next, debug, false);
    player.stop();
    microphone?.close();
  } catch (fault) {
    noticeFault(fault);
  }
}

// ---- for developers ----------------------------------------------------------------------

function develop({ request, response, state }) {
  const intent = request?.request?.intent;
  $("intent").textContent = intent?.name ?? request?.request?.type ?? words.nothing;
  const slots = Object.values(intent?.slots ?? {}).filter((slot) => slot.value);
  $("slots").textContent = slots.map((slot) => `${slot.name} = ${slot.value}${resolved(slot)}`).join(", ") || words.nothing;
  for (const [id, value] of Object.entries({ state, request, response })) {
    $(id).textContent = value ? JSON.stringify(value, null, 2) : words.nothing;
  }
  $("timeline").replaceChildren(...view.cues.map(row));
}

function resolved(slot) {
  const value = slot.resolutions?.resolutionsPerAuthority?.[0]?.values?.[0]?.value;
  return value ? ` (${value.id})` : "";
}

function row(cue) {
  const line = document.createElement("tr");
  const hold = view.holds.find((one) => one.start <= cue.start + 0.01 && cue.end <= one.end + 0.01);
  const kind = hold && cue.kind === "silent" ? (hold.is_count ? "count" : "hold") : cue.kind;
  for (const value of [cue.start.toFixed(2), cue.end.toFixed(2), kind, cue.text]) {
    const cell = document.createElement("td");
    cell.textContent = value;
    line.append(cell);
  }
  return line;
}

function mark(cue) {
  const index = cue ? view.cues.indexOf(cue) : -1;
  [...$("timeline").children].forEach((line, at) => line.classList.toggle("now", at === index));
}

// ---- beginning ---------------------------------------------------------------------------

async function openSession() {
  player?.stop();
  try {
    const opened = await speaker.open($("locale").value, $("screen").value !== "");
    rate = opened.rate;
    hasSpeechToText = opened.has_speech_to_text;
    if (player) player.rate = rate;
    await show(opened.view, {}, false);
    if (!hasSpeechToText) notice(words.noEar);
  } catch (fault) {
    noticeFault(fault);
  }
}

const talk = $("talk");
talk.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  talk.setPointerCapture(event.pointerId);
  press();
});
for (const end of ["pointerup", "pointercancel"]) talk.addEventListener(end, release);
talk.addEventListener("contextmenu", (event) => event.preventDefault());
const isTalkKey = (event) =>
  (event.code === "Space" && !event.target.closest("input, select, summary, button:not(#talk), pre, .scroll")) ||
  (event.code === "Enter" && event.target === talk);
addEventListener("keydown", (event) => {
  if (!isTalkKey(event)) return;
  event.preventDefault();
  if (!event.repeat) press();
});
addEventListener("keyup", (event) => {
  if (isTalkKey(event) || (event.code === "Space" && mode === "talking")) {
    event.preventDefault();
    release();
  }
});
addEventListener("blur", release);
$("typing").addEventListener("submit", (event) => {
  event.preventDefault();
  say($("typed").value);
  $("typed").value = "";
});
for (const id of ["locale", "screen"]) $(id).addEventListener("change", openSession);
addEventListener("pagehide", () => speaker.leave(player?.position ?? null));
addEventListener("pageshow", (event) => event.persisted && openSession());

function frame() {
  if (mode === "rest") paint();
  requestAnimationFrame(frame);
}

setInterval(paint, 250); // pages in the background get no frames
openSession().then(frame);
