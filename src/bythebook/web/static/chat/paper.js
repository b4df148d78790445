// Puts what was said on the page. Texts become text nodes, never markup; addresses in them become links.

const ADDRESS = /https?:\/\/[^\s<>"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
export const BOLD = /\*\*(?=\S)(.+?)(?<=\S)\*\*/g; // what a document sets apart
const TRAILING = /[.,;:!?)\]}]+$/;
const FOLD_FROM = 4; // a shorter result is not worth folding
const TAIL_MAX = 3;
const SAME_TURN_MS = 30_000;
const NAMELESS = "human"; // whoever works at a desk that knows no names
const KINDS = {
  quoted: "quoted word for word", phrase: "approved phrase", article: "answer of the article",
  function: "what its function returned", house: "standing sentence",
};

/** Makes an element; strings among the children become text, names with a dash or a colon attributes. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (/-|^(part|role|id)$/.test(key)) made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
}

/** Makes a drawing of strokes. */
export function icon(path) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const stroke = document.createElementNS("http://www.w3.org/2000/svg", "path");
  stroke.setAttribute("d", path);
  drawing.append(stroke);
  return drawing;
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

/** What a document says, with what it sets apart; what people write stays as they wrote it. */
function worded(text, { speaker }) {
  if (speaker !== "assistant") return linked(text);
  return text.split(BOLD).flatMap((part, at) => (at % 2 ? [element("strong", {}, ...linked(part))] : linked(part)));
}

function citation({ line, source, routine }) {
  if (!line) return [];
  const [room, name] = line.includes(":") ? line.split(":") : ["line", line];
  const short = { article: `Q${name}`, house: "standing sentence" }[room] ?? name;
  const long = { article: `Question ${name} of the article`, house: `Standing sentence “${name}”` }[room] ?? `Line ${name}`;
  const place = routine && room !== "house" ? `${long} of ${routine}` : long;
  return [element("cite", { title: `${place}: ${KINDS[source] ?? source}` }, short)];
}

function paragraph(text, utterance) {
  return element("p", { dir: "auto" }, ...worded(text, utterance), ...citation(utterance));
}

function letter({ address, subject, body }) {
  const [about, text] = [subject, body.replaceAll("\n", "\r\n")].map(encodeURIComponent);
  return `mailto:${address}?subject=${about}&body=${text}`;
}

/** Whether a human is known by a name. */
export const isNamed = (human) => Boolean(human && human.toLowerCase() !== NAMELESS);

/** Who speaks, in words. */
export function speakerOf({ speaker, human }, words) {
  if (speaker === "customer") return words("you");
  if (speaker === "assistant") return words("assistant");
  return isNamed(human) ? human : words("aPerson");
}

/** The conversation on paper: one log, in words. */
export class Paper {
  constructor(log, words, lang) {
    [this.log, this.words, this.lang] = [log, words, lang];
  }

  /** A long result: its first line, the list folded, and the sentences after it. */
  folded(lines, utterance) {
    const intro = lines[0].endsWith(":") ? lines[0] : "";
    const rows = intro ? lines.slice(1) : [...lines];
    const tail = [];
    while (rows.length > 1 && tail.length < TAIL_MAX && /\.$|https?:/.test(rows.at(-1))) tail.unshift(rows.pop());
    const list = element("ul", {}, ...rows.map((row) => element("li", { dir: "auto" }, ...linked(row))));
    const count = { count: rows.length };
    const summary = element("summary", {}, this.words("showList", count));
    const fold = element("details", {}, summary, list);
    fold.addEventListener("toggle", () => {
      summary.textContent = this.words(fold.open ? "hideList" : "showList", count);
    });
    return [
      ...(intro ? [paragraph(intro, utterance)] : []), fold,
      ...tail.map((line) => element("p", { className: "aside", dir: "auto" }, ...linked(line))),
    ];
  }

  blocks(utterance) {
    const lines = utterance.text.split("\n").filter((line) => line.trim());
    if (utterance.source === "function" && lines.length > FOLD_FROM) return this.folded(lines, utterance);
    const shown = (lines.length ? lines : [""]).map((line) => paragraph(line, utterance));
    if (!utterance.mail) return shown;
    const about = { className: "answer mail", part: "mail", title: this.words("mailAbout"), href: letter(utterance.mail) };
    return [...shown, element("a", about, this.words("mail", { address: utterance.mail.address }))];
  }

  clock(at) {
    const when = new Date(at);
    const time = when.toLocaleTimeString(this.lang, { hour: "numeric", minute: "2-digit" });
    return element("time", { dateTime: when.toISOString(), title: when.toLocaleString(this.lang) }, time);
  }

  newTurn(utterance) {
    const name = element("p", { className: "speaker" }, speakerOf(utterance, this.words));
    if (utterance.at) name.append(" ", this.clock(utterance.at));
    const said = element("div", { className: "said", part: `message ${utterance.speaker}` });
    const turn = element("article", { className: `turn ${utterance.speaker}` }, name, said);
    turn.dataset.speaker = `${utterance.speaker} ${utterance.human ?? ""}`;
    return turn;
  }

  /** Shows what the assistant or a human said: in the turn before it, when it belongs there. */
  showSaid(utterance) {
    const at = Date.parse(utterance.at);
    const made = this.newTurn(utterance);
    const last = this.log.lastElementChild;
    const joins = last?.dataset.speaker === made.dataset.speaker && at - Number(last.dataset.at) < SAME_TURN_MS;
    const turn = joins ? last : made;
    turn.dataset.at = at;
    turn.lastElementChild.append(...this.blocks(utterance));
    if (!joins) this.log.append(turn);
  }

  /** Makes the bubble of a message that is on its way. Its delivery is seen, and not read out. */
  newMessage(text) {
    const turn = this.newTurn({ speaker: "customer" });
    turn.lastElementChild.append(element("p", { dir: "auto" }, text));
    turn.append(element("p", { className: "delivery", "aria-live": "off" }));
    this.mark(turn, "sending");
    return turn;
  }

  /** Says how a message fares: sending, waiting, failed (with a way to try again) or refused (with the reason). */
  mark(turn, state, { reason = "", retry = null } = {}) {
    turn.dataset.state = state;
    const note = turn.querySelector(".delivery");
    note.replaceChildren(`${this.words(state)}${reason ? ` ${reason}` : ""}`);
    if (retry) {
      const button = element("button", { type: "button", className: "plain" }, this.words("retry"));
      button.addEventListener("click", retry);
      note.append(" ", button);
    }
  }

  /** Shows a stored message of the customer: the one that was on its way, or a new one; in the words that were kept. */
  showMessage(utterance, turn = this.newMessage(utterance.text)) {
    turn.querySelector(".said p").textContent = utterance.text;
    this.mark(turn, "stored");
    turn.querySelector(".delivery").append(" ", this.clock(utterance.at));
    this.log.append(turn);
  }

  /** Marks every stored message as answered. */
  answered() {
    this.log.querySelectorAll(".customer[data-state=stored]").forEach((turn) => {
      turn.dataset.state = "answered";
      turn.querySelector(".delivery").firstChild.data = this.words("answered");
    });
  }

  /** Marks in the log that what follows belongs to a new case. */
  showContinuation() {
    const turns = this.log.querySelectorAll(".turn.customer");
    const rule = element("p", { className: "rule" }, this.words("continued"));
    this.log.insertBefore(rule, turns[turns.length - 1] ?? null);
  }
}
