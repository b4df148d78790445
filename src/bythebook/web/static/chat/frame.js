// The parts of the chat, made once: nothing in them is the document's, and none of them knows what they are for.

import { element, icon } from "./paper.js";

const SEND = "M12 19.5V5m0 0-6 6m6-6 6 6";
const CLOSE = "M6 6l12 12M18 6 6 18";
const BUBBLE = "M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7l-5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z";

const button = (id, className, ...children) => element("button", { type: "button", id, className }, ...children);

function head(words, { bubble }) {
  const name = element("div", { className: "name" },
    element(bubble ? "h2" : "h1", { id: "heading" }), element("p", {}, words("automated")));
  const person = button("person", "quiet", words("person"));
  person.part = "person";
  const parts = [name, person];
  if (bubble) {
    const close = button("close", "mark", icon(CLOSE));
    close.ariaLabel = words("close");
    parts.push(close);
  }
  return element(bubble ? "div" : "header", { className: "head", part: "header" },
    element("div", { className: "column bar" }, ...parts));
}

function conversation(words, { bubble }) {
  const notice = element("section", { className: "notice", "aria-label": words("about") },
    element("slot", { name: "notice" }, element("p", {}, words("notice")), element("p", {}, words("private"))));
  const column = element("div", { className: "column" },
    element(bubble ? "h3" : "h2", { className: "hello" }, words("hello")),
    notice,
    element("div", { id: "log", role: "log", "aria-live": "polite", "aria-label": words("log"), tabIndex: -1, part: "log" }),
    element("div", { id: "outbox", role: "group", "aria-label": words("outbox") }),
    element("p", { id: "working", className: "working", "aria-live": "polite" }),
    element("div", { id: "answers", role: "group", "aria-label": words("answers"), hidden: true, part: "answers" }));
  if (!bubble) return element("main", { id: "scroller", tabIndex: 0 }, column);
  return element("div", { id: "scroller", role: "group", "aria-label": words("heading"), tabIndex: 0 }, column);
}

function foot(words, { bubble }) {
  const form = element("form", { id: "form", autocomplete: "off" },
    element("label", { htmlFor: "text", className: "unseen" }, words("message")),
    element("textarea", {
      id: "text", rows: 1, maxLength: 8000, placeholder: words("placeholder"), enterKeyHint: "send", dir: "auto", part: "input",
    }),
    element("button", { type: "submit", id: "send", ariaLabel: words("send"), part: "send" }, icon(SEND)));
  const status = element("div", { id: "status", part: "status" },
    element("p", { role: "status" }), Object.assign(button("again", "quiet", words("again")), { hidden: true }));
  const sources = button("sources", "plain", words("showSources"));
  sources.ariaPressed = "false";
  const small = element("div", { className: "small" }, sources,
    ...["save", "print", "fresh"].map((id) => Object.assign(button(id, "plain", words(id)), { hidden: true })));
  return element(bubble ? "div" : "footer", { className: "foot", part: "footer" },
    element("div", { className: "column" }, status, form, small));
}

function question(words) {
  const says = element("p", { id: "sure" }, words("sure"));
  return element("dialog", { id: "ask", "aria-labelledby": "sure" }, says,
    element("div", { className: "choices" }, button("yes", "quiet", words("again")), button("no", "quiet", words("stay"))));
}

/** Makes the whole chat; `bubble` is whether it floats over a page or is one. */
export function frame(words, shape) {
  const inside = [head(words, shape), conversation(words, shape), foot(words, shape), question(words)];
  if (!shape.bubble) return [element("div", { id: "panel", className: "page", part: "panel" }, ...inside)];
  const launcher = element("button", { type: "button", id: "launcher", part: "launcher", "aria-expanded": "false" },
    icon(BUBBLE), element("span", { className: "badge", part: "badge", hidden: true }));
  launcher.setAttribute("aria-haspopup", "dialog");
  return [
    launcher, element("p", { id: "news", className: "unseen", role: "status" }),
    element("dialog", { id: "panel", className: "bubble", part: "panel", "aria-labelledby": "heading" }, ...inside),
  ];
}
