// The conversation as plain text: to keep as a file, and the same to print.

import { BOLD, element, speakerOf } from "./paper.js";

const ID_SHOWN = 8;
const PRINTED = "pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 11pt/1.45 Georgia, serif; }";

/** Returns all that was said, by whom and when. */
export function asText(talk, { words, lang, heading }) {
  const when = (at) => new Date(at).toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" });
  const about = words("case", { id: talk.current?.id ?? "", when: when(Date.now()) });
  const text = (one) => (one.speaker === "assistant" ? one.text.replace(BOLD, "$1") : one.text);
  const said = talk.transcript.map((one) => `${when(one.at)}  ${speakerOf(one, words)}:\n${text(one)}\n`);
  return [heading, about, "", ...said].join("\n");
}

/** Saves the text as a file of the customer's. */
export function save(text, caseId = "") {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  element("a", { href: address, download: `conversation-${caseId.slice(0, ID_SHOWN)}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Prints the text from a window of its own: the page that holds the chat is none of it. */
export function print(text, heading) {
  const paper = window.open("", "_blank");
  if (!paper) return;
  const sheet = new paper.CSSStyleSheet();
  sheet.replaceSync(PRINTED);
  paper.document.adoptedStyleSheets = [sheet];
  paper.document.title = heading;
  const words = paper.document.createElement("pre");
  words.textContent = text;
  paper.document.body.replaceChildren(words);
  paper.print();
}
