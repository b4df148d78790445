// The editor of a document: line numbers, findings beside their lines, and a save after each pause. What was not saved
// yet is kept in this browser, so that a lost connection, a stopped server or a closed tab loses nothing.

const PAUSE_MS = 600;
const AGAIN_MS = 3000;
const LOOK_MS = 8000;
const KEPT_ALIVE_MAX = 60_000;

// What a click asked for and the server never heard.
document.addEventListener("htmx:error", () => {
  const told = document.createElement("div");
  told.className = "notice bad";
  told.textContent = "No connection to the server. Nothing was changed: try again in a moment.";
  document.querySelector("#notices").replaceChildren(told);
});

// What is typed in one form stays while another one is sent, and in the same one where it was refused.
const typed = new Map();
const FIELDS = "#work form[hx-post] :is(textarea, input:not([type=hidden], [type=radio], [type=checkbox]))";
const changed = (field) => field.value !== field.defaultValue;
const keyOf = (field) => {
  const hidden = [...field.form.querySelectorAll("input[type=hidden]:not([name=version])")];
  return [field.form.action, ...hidden.map((one) => one.value), field.name].join("\n");
};

document.addEventListener("htmx:before:swap", (event) => {
  typed.clear();
  for (const field of document.querySelectorAll(FIELDS)) {
    if (changed(field)) typed.set(keyOf(field), [field.value, field.form === event.detail.ctx.sourceElement]);
  }
});
document.addEventListener("htmx:after:swap", () => {
  const refused = document.querySelector("#work > .notice.bad") !== null;
  for (const field of document.querySelectorAll(FIELDS)) {
    const [words, sent] = typed.get(keyOf(field)) ?? [];
    if (words !== undefined && (refused || !sent)) field.value = words;
  }
});
window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(FIELDS)].some(changed)) event.preventDefault();
});

// All that are left are approved as they stand before their reader, with what was typed in them.
document.addEventListener("submit", ({ target }) => {
  if (!target.dataset.gathers) return;
  const cards = [...document.querySelectorAll("#work .card.waits form")];
  const rows = cards.map(({ elements }) => [elements.phrase.value, elements.read.value, elements.text.value]);
  target.elements.given.value = JSON.stringify(rows.filter(([, , words]) => words.trim()));
}, true);

const editor = document.querySelector("#editor");
if (editor) begin(editor);

function begin(form) {
  const area = form.querySelector("textarea");
  const lines = form.querySelector(".lines");
  const box = form.querySelector(".paper");
  const status = document.querySelector("#saved");
  const note = document.querySelector("#line-note");
  const key = `bythebook:draft:${form.dataset.name}`;
  let version = Number(form.dataset.version);
  let last = area.value;
  let shown = [];
  let timer = 0;
  let saving = false;
  let sending = null;
  let stopped = false;

  const unsaved = () => area.value !== last;
  const say = (words, tone = "") => {
    status.textContent = words;
    status.dataset.tone = tone;
  };

  // ---- lines

  function draw() {
    const now = area.value.split("\n");
    let start = 0;
    while (start < now.length && start < shown.length && now[start] === shown[start]) start++;
    let end = 0;
    while (end < now.length - start && end < shown.length - start && now.at(-1 - end) === shown.at(-1 - end)) end++;
    const gone = shown.length - start - end;
    for (let at = 0; at < gone; at++) lines.children[start].remove();
    const fresh = document.createDocumentFragment();
    for (let at = start; at < now.length - end; at++) {
      const line = document.createElement("div");
      line.textContent = now[at] || "\u200b";
      fresh.append(line);
    }
    lines.insertBefore(fresh, lines.children[start] ?? null);
    shown = now;
  }

  function mark() {
    for (const line of lines.querySelectorAll(".error, .warning")) line.classList.remove("error", "warning");
    for (const finding of document.querySelectorAll("#findings [data-line]")) {
      lines.children[Number(finding.dataset.line) - 1]?.classList.add(finding.dataset.tone);
    }
    const labels = JSON.parse(document.querySelector("#findings").dataset.labels ?? "{}");
    [...lines.children].forEach((line, at) => { line.dataset.label = labels[at + 1]?.replace("question ", "Q") ?? ""; });
    beside();
  }

  function lineNow() {
    return area.value.slice(0, area.selectionStart).split("\n").length;
  }

  // What there is to say stands beside its line: the list moves with the cursor, and with what is in view.
  function align(number) {
    const card = document.querySelector(`#findings [data-line="${number}"]`);
    for (const one of document.querySelectorAll("#findings .now")) one.classList.remove("now");
    if (!card) return;
    card.classList.add("now");
    const list = card.closest("aside");
    if (getComputedStyle(list).overflowY !== "auto") return;
    list.scrollTop += card.getBoundingClientRect().top - lines.children[number - 1].getBoundingClientRect().top;
  }

  function inView() {
    const top = box.getBoundingClientRect().top;
    const marked = [...lines.children].findIndex((line) => line.matches(".error, .warning") && line.getBoundingClientRect().top >= top);
    if (marked >= 0) align(marked + 1);
  }

  function beside() {
    const here = lineNow();
    if (document.activeElement === area) align(here);
    const found = [...document.querySelectorAll(`#findings [data-line="${here}"] .says`)];
    const label = lines.children[here - 1]?.dataset.label ?? "";
    const cited = label && (label.startsWith("Q") ? `question ${label.slice(1)}` : `line ${label}`);
    const said = found.map((one) => one.textContent.trim()).join(" · ");
    note.textContent = cited && said ? `${cited}: ${said}` : cited || said;
  }

  function go(number) {
    const all = area.value.split("\n");
    const at = Math.min(Math.max(number, 1), all.length);
    const start = all.slice(0, at - 1).reduce((sum, line) => sum + line.length + 1, 0);
    area.focus({ preventScroll: true });
    // The cursor, and no selection: what is typed next takes nothing away.
    area.setSelectionRange(start, start);
    const line = lines.children[at - 1];
    for (const one of lines.querySelectorAll(".here")) one.classList.remove("here");
    line.classList.add("here");
    box.scrollIntoView({ block: "nearest" });
    box.scrollTop = Math.max(0, line.offsetTop - box.clientHeight / 3);
    beside();
  }

  // ---- saving

  function typed() {
    for (const one of lines.querySelectorAll(".here")) one.classList.remove("here");
    draw();
    keep();
    say("Not saved yet");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }

  function keep() {
    try {
      if (unsaved()) localStorage.setItem(key, JSON.stringify({ text: area.value, version, sending }));
      else localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing still saves.
    }
  }

  async function save() {
    clearTimeout(timer);
    if (saving || stopped || !unsaved()) return;
    saving = true;
    const text = area.value;
    sending = text;
    keep();
    say("Saving …");
    try {
      const answer = await send(text);
      await answered(answer, text);
    } catch {
      say("No connection. What you wrote is kept in this browser, and saved when the server is back.", "bad");
      timer = setTimeout(save, AGAIN_MS);
    } finally {
      saving = false;
      sending = null;
    }
    if (unsaved() && !stopped && status.dataset.tone !== "bad") timer = setTimeout(save, PAUSE_MS);
  }

  // What is short enough arrives even where the page is left meanwhile.
  function send(text) {
    const body = new URLSearchParams({ text, version });
    return fetch(form.action, { method: "POST", body, keepalive: body.toString().length < KEPT_ALIVE_MAX });
  }

  async function answered(answer, text) {
    if (answer.redirected || answer.status === 401) {
      say("You are signed out. What you wrote is kept in this browser: sign in again and come back.", "bad");
      stopped = true;
      return;
    }
    if (answer.status === 204) {
      version = Number(answer.headers.get("X-Version"));
      saved(text);
      return;
    }
    if (answer.status >= 400 && answer.status < 500) {
      say("Not saved: the server does not take it as it is; is the text very long? It is kept in this browser.", "bad");
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.headers.has("X-Conflict")) {
      conflict(page, Number(answer.headers.get("X-Conflict")));
      return;
    }
    if (!answer.headers.has("X-Version")) {
      const refused = page.querySelector(".notice");
      document.querySelector("#notices").replaceChildren(...(refused ? [refused] : []));
      say("Not saved: see above. What you wrote is kept in this browser.", "bad");
      return;
    }
    version = Number(answer.headers.get("X-Version"));
    saved(text);
    if (unsaved()) return;
    for (const part of ["#findings", "#side"]) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part).replaceWith(fresh);
    }
    mark();
  }

  function saved(text) {
    last = text;
    form.dataset.version = String(version);
    document.querySelector("#undo").disabled = version < 2;
    for (const field of document.querySelectorAll("input[name=version]")) field.value = String(version);
    document.querySelector("#notices").replaceChildren();
    keep();
    say(unsaved() ? "Not saved yet" : "Saved");
  }

  function conflict(page, theirs) {
    stopped = true;
    say("Not saved: somebody else saved this meanwhile. What you wrote is kept in this browser.", "bad");
    const place = document.querySelector("#notices");
    place.replaceChildren(...page.querySelector("#conflict-parts").children);
    place.scrollIntoView({ block: "start" });
    place.querySelector("[data-keep=mine]").addEventListener("click", () => {
      version = theirs;
      last = page.querySelector("#theirs-text").content.textContent;
      stopped = false;
      place.replaceChildren();
      save();
    });
    place.querySelector("[data-keep=theirs]").addEventListener("click", () => {
      localStorage.removeItem(key);
      last = area.value;
      location.reload();
    });
  }

  // ---- what was typed and never saved

  function bringBack() {
    let left = null;
    try {
      left = JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return;
    }
    if (!left || left.text === area.value) {
      localStorage.removeItem(key);
      return;
    }
    const place = document.querySelector("#notices");
    const box = document.querySelector("#left-over").content.cloneNode(true);
    place.replaceChildren(box);
    place.querySelector("[data-left=take]").addEventListener("click", () => {
      area.value = left.text;
      place.replaceChildren();
      typed();
    });
    place.querySelector("[data-left=drop]").addEventListener("click", () => {
      localStorage.removeItem(key);
      place.replaceChildren();
    });
    if (left.version === version || left.sending === area.value) place.querySelector("[data-left=take]").click();
  }

  async function look() {
    if (document.hidden || saving || stopped || unsaved()) return;
    try {
      const now = await (await fetch(form.dataset.look)).json();
      if (now.version > version && !unsaved() && !saving) {
        document.querySelector("#changed-who").textContent = now.who;
        document.querySelector("#changed").hidden = false;
      }
    } catch {
      // The next look may find the server again.
    }
  }

  // ---- together

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  for (const step of document.querySelectorAll("form.step")) {
    step.addEventListener("submit", async (event) => {
      if (!unsaved()) return;
      event.preventDefault();
      await save();
      if (!unsaved()) step.submit();
    });
  }
  area.addEventListener("input", typed);
  box.addEventListener("scroll", () => requestAnimationFrame(inView));
  document.addEventListener("selectionchange", () => document.activeElement === area && beside());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      save();
    }
  });
  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-goto]");
    if (to) {
      event.preventDefault();
      go(Number(to.dataset.goto));
    }
    const mend = event.target.closest("[data-mend]");
    if (mend) put(mend.dataset);
  });
  // Whoever goes on to another part while typing finds there what they typed.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const plain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!link || !plain || link.target || link.origin !== location.origin || link.pathname === location.pathname) return;
    if (!unsaved() || saving || stopped) return;
    event.preventDefault();
    await save();
    location.assign(link.href);
  });
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });

  window.addEventListener("pagehide", () => {
    if (unsaved() && !saving && !stopped) send(area.value).catch(() => {});
  });

  function put({ mend, line, words }) {
    const all = area.value.split("\n");
    const at = Number(line) - 1;
    if (!all[at]?.includes(words)) return say("That line has changed since. Wait for the next look.", "bad");
    go(at + 1);
    const start = area.selectionStart + all[at].indexOf(words);
    area.setSelectionRange(start, start + words.length);
    // So that the browser's own undo takes it back.
    if (!document.execCommand("insertText", false, mend)) area.setRangeText(mend, start, start + words.length, "end");
    typed();
  }

  function follow() {
    const match = /^#L(\d+)$/.exec(location.hash);
    if (match) go(Number(match[1]));
  }

  draw();
  mark();
  bringBack();
  follow();
  setInterval(look, LOOK_MS);
  form.dataset.ready = "yes";
}
