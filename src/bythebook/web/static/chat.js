// The customer's conversation: what is on its way, what is known of the case, and how to come back after any failure.
// The log on the server is the truth. Everything shown from it has a version, and nothing is shown twice.

import { ask, backoff, listen } from "./wire.js";
import { keep, KEPT, newKey, recall } from "./keep.js";
import { markMessage, newMessage, showAnswers, showContinuation, showMessage, showSaid } from "./paper.js";

const HUMAN = "act:human";
const TRIES_MAX = 8; // about half a minute, then the customer is asked
const EARLIER_CASES_MAX = 20;
const $ = (id) => document.getElementById(id);
const [log, outboxPlace, answers, form, input] = ["log", "outbox", "answers", "form", "text"].map($);

let current = recall(KEPT.current); // {id, token}
let cursor = 0; // the version of the case up to which everything is shown
let facts = null; // where the case stands: status, human, buttons, version
let carried = false; // the first message of this case is shown already: it came from the case before
let lost = false; // the server does not know the case (any more)
let connected = true;
let sending = false;
let listening = null; // stops the event stream
let welcome = []; // what a new case begins with, where several documents are loaded
let farthest = 0; // how far down the page has scrolled by itself
let away = false; // the customer reads further up
const outbox = []; // {key, text, press, tries, turn}, in the order written: not answered yet
const unconfirmed = new Set(); // those that the log has not shown yet
const wakers = new Set(); // ends the pauses

// ---------------------------------------------------------------- what the server tells

const casePath = (id, rest = "") => `v1/cases/${encodeURIComponent(id)}${rest}`;

function take(caseId, utterance) {
  if (caseId !== current?.id || utterance.version <= cursor) return;
  cursor = utterance.version;
  if (utterance.speaker !== "customer") showSaid(log, utterance);
  else if (carried) carried = false;
  else confirm(utterance);
  settleView();
}

function confirm(utterance) {
  const open = [...unconfirmed].filter((one) => one.tries > 0);
  const item = open.find((one) => one.text === utterance.text) ?? open[0]; // what was private is stored masked
  unconfirmed.delete(item);
  showMessage(log, utterance, item?.turn);
}

function takeState(caseId, state) {
  if (caseId !== current?.id || (facts && state.version < facts.version)) return;
  facts = state;
  if (state.continued_in) follow(state.continued_in);
  else showState();
}

function takeView(view) {
  view.transcript.forEach((utterance) => take(view.case, utterance));
  takeState(view.case, view);
}

function follow(caseId) {
  showContinuation(log);
  current = { id: caseId, token: current.token };
  keep(KEPT.current, current);
  [cursor, facts, carried] = [0, null, true];
  attend();
  catchUp();
}

async function catchUp() {
  const asked = current;
  try {
    takeView(await ask("GET", casePath(asked.id, `?after=${cursor}`), asked));
    return true;
  } catch (problem) {
    if (asked === current && problem.status === 404) loseCase();
    return false;
  }
}

/** Follows the case's events, again and again from the cursor, until the case changes. */
async function attend() {
  listening?.abort();
  const stop = listening = new AbortController();
  const { id, token } = current;
  for (let tries = 0; !stop.signal.aborted; tries += 1) {
    try {
      await listen(casePath(id, `/events?after=${cursor}`), token, {
        signal: stop.signal,
        opened: () => { tries = 0; reconnected(); },
        told: (type, data) => (type === "utterance" ? take(id, data) : takeState(id, data)),
      });
    } catch (problem) {
      if (problem.final && !stop.signal.aborted) return loseCase();
    }
    if (stop.signal.aborted) return;
    if (tries > 1) { connected = false; showState(); }
    await pause(backoff(tries));
  }
}

function reconnected() {
  connected = true;
  outbox.forEach((item) => { item.tries = Math.min(item.tries, 1); });
  wake();
  showState();
  pump();
}

/** Waits, but no longer than until there is a reason to try at once. */
function pause(milliseconds) {
  return new Promise((done) => {
    const go = () => { clearTimeout(timer); wakers.delete(go); done(); };
    const timer = setTimeout(go, milliseconds);
    wakers.add(go);
  });
}

const wake = () => [...wakers].forEach((go) => go());

// ---------------------------------------------------------------- what the customer sends

function post(text, press = null) {
  const item = { key: newKey(), text, press, tries: 0 };
  enqueue(item);
  keepOutbox();
  outbox.forEach((waiting) => { waiting.tries = 0; });
  showState();
  pump();
}

function keepOutbox() {
  keep(KEPT.outbox, outbox.length ? outbox.map(({ key, text, press }) => ({ key, text, press })) : null);
}

function enqueue(item) {
  item.turn = newMessage(item.text);
  outbox.push(item);
  unconfirmed.add(item);
  outboxPlace.append(item.turn);
  settleView({ own: true });
}

/** Sends what waits, one message after the other, so that their order stays. */
async function pump() {
  if (sending || lost) return;
  sending = true;
  try {
    while (outbox.length && !lost && outbox[0].tries < TRIES_MAX) await deliver(outbox[0]);
  } finally {
    sending = false;
    showState();
  }
}

async function deliver(item) {
  try {
    item.tries += 1;
    mark(item, item.tries > 1 ? "waiting" : "sending");
    await openCase();
    const body = item.press ? { press: item.press } : { text: item.text };
    await ask("POST", casePath(current.id, "/messages"), { token: current.token, key: item.key, body });
  } catch (problem) {
    return undelivered(item, problem);
  }
  drop(item);
  if (!connected) wake(); // the stream need not wait any longer
  for (let tries = 0; !lost && !(await catchUp()); tries += 1) await pause(backoff(tries));
  // The log shows it already: it was stored before this page was loaded.
  if (unconfirmed.delete(item)) item.turn.remove();
  return undefined;
}

function mark(item, state, more) {
  if (unconfirmed.has(item)) markMessage(item.turn, state, more);
}

async function undelivered(item, problem) {
  if (problem.status === 404) {
    item.tries = 0;
    return loseCase();
  }
  if (problem.final) {
    drop(item);
    mark(item, "refused", { reason: problem.message });
    unconfirmed.delete(item);
    return undefined;
  }
  mark(item, "waiting");
  if (item.tries < TRIES_MAX) return pause(backoff(item.tries));
  mark(item, "failed", { retry: () => { item.tries = 0; pump(); } });
  return undefined;
}

function drop(item) {
  outbox.splice(outbox.indexOf(item), 1);
  keepOutbox();
}

async function openCase() {
  if (current) return;
  const opened = await ask("POST", "v1/cases", { body: {} });
  current = { id: opened.case, token: opened.token };
  keep(KEPT.current, current);
  attend();
}

// ---------------------------------------------------------------- what the page shows

function statusText() {
  if (lost) return "This conversation is no longer available.";
  if (!connected) return "The connection is lost. Trying again…";
  if (facts?.status === "handed_off") {
    return facts.human
      ? "A person has joined and answers you here."
      : "Waiting for a person. What you write is kept for them.";
  }
  if (facts?.status === "resolved") return "This case is resolved. If you need anything else, just write.";
  if (facts?.status === "erased") return "What was said here was erased. Start a new conversation if you need anything.";
  if (facts?.status === "abandoned") return "This conversation rests. Write at any time to go on.";
  return "";
}

function showState() {
  const text = statusText();
  const line = $("status").querySelector("p");
  if (line.textContent !== text) line.textContent = text;
  $("status").dataset.kind = lost || !connected ? "trouble" : facts?.status ?? "";
  $("again").hidden = !(lost || ["resolved", "abandoned", "erased"].includes(facts?.status));
  $("fresh").hidden = !current || !$("again").hidden;
  const handedOff = facts?.status === "handed_off";
  $("person").disabled = handedOff || outbox.some((item) => item.press === HUMAN);
  $("person").textContent = handedOff ? (facts.human ? "A person is here" : "A person was asked") : "Talk to a person";
  showKnownAnswers(outbox.length || lost ? [] : facts?.buttons ?? (current ? [] : welcome));
  settleView();
}

function showKnownAnswers(buttons) {
  const shown = JSON.stringify(buttons);
  if (answers.dataset.shown === shown) return;
  answers.dataset.shown = shown;
  const held = answers.contains(document.activeElement);
  showAnswers(answers, buttons, ({ id, label }) => post(label, id));
  if (held) log.focus({ preventScroll: true }); // the next Tab is at the new answers, and no keyboard comes up
}

/** Keeps the latest in view: the end, or the customer's last message when the answer is longer than the window. */
function settleView({ own = false } = {}) {
  const scroller = $("scroller");
  const end = scroller.scrollHeight - scroller.clientHeight;
  const turns = scroller.querySelectorAll(".turn.customer");
  const mine = turns[turns.length - 1];
  const top = mine ? mine.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop : end;
  const target = Math.min(end, top - 12);
  if (own) away = false;
  if (away || (target <= scroller.scrollTop && !own)) return;
  scroller.scrollTop = target;
  farthest = scroller.scrollTop;
}

function loseCase() {
  lost = true;
  listening?.abort();
  outbox.forEach((item) => mark(item, "failed"));
  wake();
  showState();
}

/** Begins anew: the case stays on the server, this browser lets go of it. What was not sent goes to the new one. */
function startAnew() {
  listening?.abort();
  [current, cursor, facts, carried, lost, connected] = [null, 0, null, false, false, true];
  keep(KEPT.current, null);
  log.replaceChildren();
  outboxPlace.replaceChildren(...outbox.map((item) => item.turn));
  unconfirmed.clear();
  outbox.forEach((item) => { item.tries = 0; unconfirmed.add(item); });
  [farthest, away] = [0, false];
  showState();
  input.focus();
  pump();
}

async function resume() {
  const earlier = [];
  try {
    let view = await ask("GET", casePath(current.id), current);
    const latest = view;
    while (view.previous && earlier.length < EARLIER_CASES_MAX) {
      view = await ask("GET", casePath(view.previous), current);
      earlier.unshift(view);
    }
    for (const past of earlier) {
      showPast(past);
      showContinuation(log);
      carried = true;
    }
    takeView(latest);
    attend();
  } catch (problem) {
    if (problem.status === 404 || problem.status === 401) return loseCase();
    [connected, cursor, facts, carried] = [false, 0, null, false];
    showState();
    await pause(backoff(3));
    log.replaceChildren();
    return resume();
  }
  return undefined;
}

function showPast(view) {
  view.transcript.forEach((utterance) => {
    if (utterance.speaker !== "customer") showSaid(log, utterance);
    else if (carried) carried = false;
    else showMessage(log, utterance);
  });
}

// ---------------------------------------------------------------- the page itself

function fit() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}

function submit() {
  const text = input.value.trim();
  if (!text) return;
  input.value = "";
  fit();
  post(text);
}

function showSources(shown) {
  document.documentElement.classList.toggle("sources", shown);
  $("sources").setAttribute("aria-pressed", String(shown));
  $("sources").textContent = shown ? "Hide sources" : "Show sources";
}

form.addEventListener("submit", (event) => { event.preventDefault(); submit(); input.focus(); });
input.addEventListener("input", fit);
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
$("person").addEventListener("click", () => post("Talk to a person", HUMAN));
$("again").addEventListener("click", startAnew);
$("fresh").addEventListener("click", () => {
  if (window.confirm("Start a new conversation? This one will no longer be shown here.")) startAnew();
});
$("sources").addEventListener("click", () => {
  const shown = $("sources").getAttribute("aria-pressed") !== "true";
  showSources(shown);
  keep(KEPT.sources, shown || null);
});
window.addEventListener("online", wake);
document.addEventListener("visibilitychange", wake);
$("scroller").addEventListener("scroll", () => { away = $("scroller").scrollTop < farthest - 60; }, { passive: true });
window.visualViewport?.addEventListener("resize", () => {
  // Where a keyboard lies over the page instead of making it smaller, the page makes itself smaller.
  document.documentElement.style.setProperty("--height", `${window.visualViewport.height}px`);
  window.scrollTo(0, 0);
  settleView();
});

/** Asks what can be helped with; without an answer the customer just writes. */
async function greet() {
  try {
    welcome = (await ask("GET", "v1/routines")).buttons;
    showState();
  } catch {
    welcome = [];
  }
}

async function begin() {
  showSources(recall(KEPT.sources) === true);
  greet();
  const waiting = recall(KEPT.outbox) ?? [];
  if (current) await resume();
  waiting.forEach((item) => enqueue({ ...item, tries: 0 }));
  if (lost) loseCase();
  else pump();
}

begin();
