// What the desk's pages do beside htmx: a message and its line show each other, keys, the count in the title,
// the two sides of a case on a phone. Everything here has a visible way without it.

const KEYS_OFF = "bythebook.desk.keys.off";
const plainTitle = document.title.replace(/^\(\d+\+?\) /, "");

// ---------------------------------------------------------------- a message and its line

const shown = (place) => document.querySelectorAll(`[data-line="${CSS.escape(place)}"]`);

let marked;

function mark(element) {
  marked = element?.closest("[data-line]")?.dataset.line;
  again();
}

function again() {
  for (const each of document.querySelectorAll(".marked")) each.classList.remove("marked");
  if (marked) for (const each of shown(marked)) each.classList.add("marked");
}

document.addEventListener("htmx:after:swap", again);

// What scrolls under a pointer that rests is not pointed at.
let pointer = "";
document.addEventListener("mouseover", (event) => {
  const at = `${event.clientX} ${event.clientY}`;
  if (at !== pointer && event.target instanceof Element) mark(event.target);
  pointer = at;
});
document.addEventListener("focusin", (event) => mark(event.target instanceof Element ? event.target : null));

function goTo(id) {
  const there = document.getElementById(id);
  if (!there) return;
  show(there.closest("#side-paper") ? "paper" : "talk");
  there.scrollIntoView({ block: "center" });
  there.focus({ preventScroll: true });
  mark(there);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a.at, a.back") : null;
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  goTo(link.hash.slice(1));
});

// ---------------------------------------------------------------- the two sides on a phone

const sides = document.querySelector(".sides");

function show(side) {
  if (!sides) return;
  sides.dataset.side = side;
  for (const tab of sides.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.shows === side;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
}

for (const tab of sides?.querySelectorAll("[role=tab]") ?? []) {
  tab.addEventListener("click", () => show(tab.dataset.shows));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = [...sides.querySelectorAll("[role=tab]")].find((each) => each !== tab);
    show(other.dataset.shows);
    other.focus();
  });
}

// ---------------------------------------------------------------- the newest message stays in sight

let talk = document.getElementById("talk");
let atEnd = true;

function follow() {
  talk = document.getElementById("talk");
  if (talk && atEnd) talk.scrollTop = talk.scrollHeight;
}

document.addEventListener("scroll", (event) => {
  if (event.target === talk) atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 40;
}, true);
document.addEventListener("htmx:after:swap", follow);
follow();

// What was unfolded stays so.
let unfolded = [];
document.addEventListener("htmx:before:swap", () => {
  unfolded = [...document.querySelectorAll("#talk details[open], #about details[open], #forms details[open]")].map((each) => each.id);
});
document.addEventListener("htmx:after:swap", () => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
});

// The document begins where the case stands.
const here = document.querySelector("#paper li.pending") ?? [...document.querySelectorAll("#paper li.did")].pop();
const lines = here?.closest(".lines");
if (lines) lines.scrollTop = here.offsetTop - lines.clientHeight / 3;

// A form that was sent is emptied once what it led to is shown; what did not go out stays, and what was typed since.
const sent = new WeakMap();
const written = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "reply_id"));

document.addEventListener("htmx:before:request", (event) => {
  if (event.target instanceof HTMLFormElement) sent.set(event.target, written(event.target));
});
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target instanceof HTMLFormElement ? event.target : null;
  if (!form?.closest("#forms") || (event.detail?.ctx?.text ?? "").includes('id="notices"')) return;
  document.getElementById("notices").replaceChildren();
  atEnd = true;
  if (sent.get(form) === written(form)) form.reset();
});

// ---------------------------------------------------------------- without a network, and after a sleep

// What could not be sent says so, and stays in its form.
document.addEventListener("htmx:error", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  if (!form) return;
  const made = (kind, more) => Object.assign(document.createElement(kind), more);
  const notice = made("div", { className: "notice bad", role: "alert" });
  notice.append(
    made("strong", { textContent: "That was not sent" }),
    made("p", { textContent: "This page cannot reach the desk now. What you wrote is still here: try again when you are back." }),
  );
  document.getElementById("notices").replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
});

// A machine that lost its network, or slept, may hold a dead connection for long: it is made anew, and what has
// moved meanwhile is told at once.
const SLEPT_MS = 90_000;
let connection;
document.addEventListener("htmx:sse:after:connection", (event) => { connection = event.detail.connection; });

function connectAnew() {
  connection?.delayCanceller?.();
  connection?.reader?.cancel();
}

addEventListener("online", connectAnew);
addEventListener("pageshow", (event) => { if (event.persisted) connectAnew(); });
let awake = Date.now();
setInterval(() => {
  if (Date.now() - awake > SLEPT_MS) connectAnew();
  awake = Date.now();
}, 5_000);

const find = document.getElementById("find");
if (find && matchMedia("(min-width: 60rem)").matches) find.open = true;

// ---------------------------------------------------------------- how many wait

function count(event) {
  let counts;
  try { counts = JSON.parse(event.detail?.data ?? ""); } catch { return; }
  for (const view of ["waiting", "mine"]) {
    const badge = document.querySelector(`[data-count="${view}"]`);
    if (!badge) continue;
    badge.textContent = counts[view] >= 100 ? "100+" : String(counts[view]);
    badge.hidden = !counts[view];
    if (view === "waiting") badge.classList.toggle("accent", counts[view] > 0);
  }
  document.title = counts.waiting ? `(${counts.waiting >= 100 ? "100+" : counts.waiting}) ${plainTitle}` : plainTitle;
  if (navigator.setAppBadge) (counts.waiting ? navigator.setAppBadge(counts.waiting) : navigator.clearAppBadge()).catch(() => {});
}

document.addEventListener("queue", count);
document.addEventListener("counts", count);

// ---------------------------------------------------------------- keys

const dialog = document.getElementById("keys");
const choice = document.querySelector("[data-keys=switch]");
if (choice) {
  choice.checked = localStorage.getItem(KEYS_OFF) === null;
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "yes");
  });
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-opens=keys]")) dialog?.showModal();
});

function opened(name) {
  const summary = document.querySelector(`[data-key="${name}"]`);
  if (!summary) return;
  show("talk");
  const holder = summary.closest("details");
  if (holder) {
    holder.open = true;
    (summary.matches("input") ? summary : holder.querySelector("textarea, select, input:not([type=hidden])") ?? summary).focus();
  } else if (summary.matches("button")) summary.click();
  else summary.focus();
}

function step(by) {
  const list = [...document.querySelectorAll("a.case, #talk [data-entry]")];
  if (!list.length) return;
  const at = list.findIndex((each) => each.contains(document.activeElement));
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

const DOES = {
  "?": () => dialog?.showModal(),
  1: () => location.assign("/desk?view=waiting"),
  2: () => location.assign("/desk?view=mine"),
  3: () => location.assign("/desk?view=all"),
  "/": () => opened("search"),
  j: () => step(1),
  k: () => step(-1),
  t: () => opened("take"),
  r: () => opened("reply"),
  l: () => opened("line"),
  n: () => opened("note"),
  f: () => opened("fact"),
  p: () => opened("pass"),
  b: () => opened("back"),
};

document.addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && target?.matches("[data-sends]")) {
    event.preventDefault();
    target.form?.requestSubmit();
    return;
  }
  const typing = target?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || dialog?.open || event.isComposing) return;
  if (localStorage.getItem(KEYS_OFF) !== null || !Object.hasOwn(DOES, event.key)) return;
  event.preventDefault();
  DOES[event.key]();
});
