// Puts what was said on the page. Texts become text nodes, never markup; addresses in them become links.

const ADDRESS = /https?:\/\/[^\s<>"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const TRAILING = /[.,;:!?)\]}]+$/;
const FOLD_FROM = 4; // a shorter result is not worth folding
const TAIL_MAX = 3;
const SAME_TURN_MS = 30_000;
const SPEAKERS = { customer: "You", assistant: "Assistant", human: "A person" };
const KINDS = {
  quoted: "quoted word for word", phrase: "approved phrase", article: "answer of the article",
  function: "what its function returned", house: "phrase of the house",
};

/** Makes an element; strings among the children become text. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** An address may break after a slash, and nowhere in a word. */
function breakable(address) {
  return address.split(/(?<=[^/:][/]|[?&=])(?=[^/])/).flatMap((part, at) => (at ? [element("wbr"), part] : [part]));
}

function linked(text) {
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const shown = found[0].replace(TRAILING, "");
    const web = shown.startsWith("http");
    parts.push(text.slice(done, found.index));
    const link = element("a", { href: web ? shown : `mailto:${shown}`, rel: "noopener noreferrer" }, ...breakable(shown));
    if (web) link.target = "_blank";
    parts.push(link);
    done = found.index + shown.length;
  }
  return [...parts, text.slice(done)];
}

function citation({ line, source, routine }) {
  if (!line) return [];
  const [room, name] = line.includes(":") ? line.split(":") : ["line", line];
  const short = { article: `Q${name}`, house: "house" }[room] ?? name;
  const long = { article: `Question ${name} of the article`, house: `House phrase “${name}”` }[room] ?? `Line ${name}`;
  const place = routine && room !== "house" ? `${long} of ${routine}` : long;
  return [element("cite", { title: `${place}: ${KINDS[source] ?? source}` }, short)];
}

function paragraph(text, utterance) {
  return element("p", {}, ...linked(text), ...citation(utterance));
}

/** A long result: its first line, the list folded, and the sentences after it. */
function folded(lines, utterance) {
  const intro = lines[0].endsWith(":") ? lines[0] : "";
  const rows = intro ? lines.slice(1) : [...lines];
  const tail = [];
  while (rows.length > 1 && tail.length < TAIL_MAX && /\.$|https?:/.test(rows.at(-1))) tail.unshift(rows.pop());
  const list = element("ul", {}, ...rows.map((row) => element("li", {}, ...linked(row))));
  const summary = element("summary", {}, `Show the list (${rows.length})`);
  const fold = element("details", {}, summary, list);
  fold.addEventListener("toggle", () => {
    summary.textContent = `${fold.open ? "Hide" : "Show"} the list (${rows.length})`;
  });
  return [
    ...(intro ? [paragraph(intro, utterance)] : []), fold,
    ...tail.map((line) => element("p", { className: "aside" }, ...linked(line))),
  ];
}

function blocks(utterance) {
  const lines = utterance.text.split("\n").filter((line) => line.trim());
  if (utterance.source === "function" && lines.length > FOLD_FROM) return folded(lines, utterance);
  return lines.length ? lines.map((line) => paragraph(line, utterance)) : [paragraph("", utterance)];
}

function clock(at) {
  const when = new Date(at);
  const time = when.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  return element("time", { dateTime: when.toISOString(), title: when.toLocaleString() }, time);
}

function newTurn(speaker, at) {
  const name = element("p", { className: "speaker" }, SPEAKERS[speaker] ?? speaker);
  if (at) name.append(" ", clock(at));
  const turn = element("article", { className: `turn ${speaker}` }, name, element("div", { className: "said" }));
  turn.dataset.speaker = speaker;
  return turn;
}

/** Shows what the assistant or a human said: in the turn before it, when it belongs there. */
export function showSaid(log, utterance) {
  const at = Date.parse(utterance.at);
  const last = log.lastElementChild;
  const joins = last?.dataset.speaker === utterance.speaker && at - Number(last.dataset.at) < SAME_TURN_MS;
  const turn = joins ? last : newTurn(utterance.speaker, utterance.at);
  turn.dataset.at = at;
  turn.lastElementChild.append(...blocks(utterance));
  if (!joins) log.append(turn);
}

/** Makes the bubble of a message that is on its way. */
export function newMessage(text) {
  const turn = newTurn("customer");
  turn.lastElementChild.append(element("p", {}, text));
  turn.append(element("p", { className: "delivery" }));
  markMessage(turn, "sending");
  return turn;
}

const DELIVERY = { sending: "Sending…", waiting: "Not sent yet. Trying again…", failed: "Not sent.", refused: "Not sent." };

/** Says how a message fares: sending, waiting, failed (with a way to try again) or refused (with the reason). */
export function markMessage(turn, state, { reason = "", retry = null } = {}) {
  turn.dataset.state = state;
  const note = turn.querySelector(".delivery");
  note.replaceChildren(`${DELIVERY[state]}${reason ? ` ${reason}` : ""}`);
  if (retry) {
    const button = element("button", { type: "button", className: "plain" }, "Try again");
    button.addEventListener("click", retry);
    note.append(" ", button);
  }
}

/** Shows a stored message of the customer: the one that was on its way, or a new one; in the words that were kept. */
export function showMessage(log, utterance, turn = newMessage(utterance.text)) {
  turn.dataset.state = "sent";
  turn.querySelector(".said p").textContent = utterance.text;
  turn.querySelector(".delivery").replaceChildren("Sent ", clock(utterance.at));
  log.append(turn);
}

/** Marks in the log that what follows belongs to a new case. */
export function showContinuation(log) {
  const turns = log.querySelectorAll(".turn.customer");
  const rule = element("p", { className: "rule" }, "Continued as a new case");
  log.insertBefore(rule, turns[turns.length - 1] ?? null);
}

/** Shows the known answers as buttons. */
export function showAnswers(group, buttons, press) {
  const made = buttons.map((button) => {
    const shown = element("button", { type: "button", className: "answer" }, button.label);
    shown.addEventListener("click", () => press(button));
    return shown;
  });
  group.replaceChildren(...made);
  group.hidden = made.length === 0;
}
