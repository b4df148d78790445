// <by-the-book>: the chat as a custom element. It shows what the conversation (talk.js) tells, and passes on what the
// customer does. Its two faces are a bubble that floats over any page, and a page of its own.

import { frame } from "./frame.js";
import { Shelf, standing } from "./keep.js";
import { element, Paper } from "./paper.js";
import { STYLE } from "./style.js";
import { HUMAN, Talk } from "./talk.js";
import { asText, print, save } from "./transcript.js";
import { Server } from "./wire.js";
import { wordsOf } from "./words.js";

const HOME = new URL(import.meta.url.replace(/(static\/chat\/|static\/vendor\/)?[^/]*$/, ""));
const WORKING_MS = 600; // an answer that comes sooner needs no word
const NARROW = "(max-width: 30rem)"; // here the bubble opens over the whole screen
const TOUCH = "(pointer: coarse)"; // here the focus in the field brings up a keyboard

export class ByTheBook extends HTMLElement {
  connectedCallback() {
    if (this.talk) return;
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    this.bubble = this.getAttribute("face") !== "page";
    this.words = wordsOf(this.ownWords());
    this.language = this.lang || undefined;
    this.build();
    const server = new Server(new URL(this.getAttribute("server") || HOME, document.baseURI));
    const routine = this.getAttribute("routine") || "";
    const elsewhere = server.base.origin === location.origin ? "" : `@${server.base.host}`;
    this.shelf = new Shelf(`${routine && `:${routine}`}${elsewhere}`);
    this.turns = new Map(); // by the key of a message: its bubble
    this.known = { version: 0, ...this.shelf.recall("seen") };
    this.unread = 0;
    this.begun = false;
    this.talk = new Talk(server, this.shelf, routine, this);
    this.wire();
    this.showSources(this.shelf.recall("sources") === true);
    this.changed();
    this.showUnread();
    if (!this.bubble || this.talk.current || this.shelf.recall("outbox")) this.begin();
    if (this.hasAttribute("open") || standing.recall(this.shelf.name("panel"))) this.stand();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected || !this.talk) return; // it was only moved
      this.talk.stop();
      this.gone.abort();
      this.talk = null;
    });
  }

  /** The page's own words: JSON in a script element within. */
  ownWords() {
    const given = this.querySelector("script[type='application/json']");
    const asks = this.getAttribute("private");
    try {
      return { ...(asks && { private: asks }), ...(given && JSON.parse(given.textContent)) };
    } catch (mistake) {
      console.error(`<by-the-book>: its words are no JSON: ${mistake.message}`);
      return {};
    }
  }

  build() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.shadowRoot.adoptedStyleSheets = [sheet];
    this.shadowRoot.replaceChildren(...frame(this.words, this));
    this.$ = (id) => this.shadowRoot.getElementById(id);
    this.panel = this.$("panel");
    this.panel.lang = this.language ?? "en";
    this.input = this.$("text");
    this.paper = new Paper(this.$("log"), this.words, this.language);
  }

  begin() {
    if (this.begun) return;
    this.begun = true;
    this.talk.begin();
  }

  // -------------------------------------------------------------- what the conversation tells

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`bythebook:${name}`, { bubbles: true, composed: true, detail }));
  }

  /** A message is on its way. */
  enqueue(key, text) {
    const turn = this.paper.newMessage(text);
    this.turns.set(key, turn);
    this.$("outbox").append(turn);
    this.settleView({ own: true });
  }

  mark(key, state, more) {
    const turn = this.turns.get(key);
    if (turn && turn.parentNode === this.$("outbox")) this.paper.mark(turn, state, more);
  }

  /** Something was said, by anybody. */
  say(utterance) {
    const { speaker, version, line } = utterance;
    if (speaker === "customer") {
      this.paper.showMessage(utterance, this.turns.get(utterance.id));
    } else {
      this.paper.answered();
      this.paper.showSaid(utterance);
      if (!this.talk.past) this.count(version);
    }
    this.tell("said", { speaker, version, line });
    this.settleView();
  }

  answered() {
    this.paper.answered();
  }

  /** A message was answered: the log shows it. */
  settled(key) {
    const turn = this.turns.get(key);
    if (turn && turn.parentNode === this.$("outbox")) turn.remove();
  }

  continued() {
    this.paper.showContinuation();
  }

  /** Nothing is shown any more but what waits. */
  clear(outbox) {
    this.$("log").replaceChildren();
    this.$("outbox").replaceChildren();
    this.turns.clear();
    outbox.forEach((item) => this.enqueue(item.key, item.text));
    this.unread = 0;
    this.showUnread();
    [this.farthest, this.away] = [0, false];
  }

  /** Where the case stands has changed, or the connection has. */
  changed() {
    const { talk, words } = this;
    if (!talk) return;
    this.$("heading").textContent = this.heading;
    const text = talk.status(words);
    const line = this.$("status").querySelector("p");
    if (line.textContent !== text) line.textContent = text;
    const trouble = talk.lost || talk.refused || !talk.connected || navigator.onLine === false;
    this.$("status").dataset.kind = trouble ? "trouble" : talk.facts?.status ?? "";
    this.$("again").hidden = !talk.over;
    this.$("fresh").hidden = !talk.current || talk.over;
    ["save", "print"].forEach((id) => { this.$(id).hidden = !talk.transcript.length; });
    const asked = talk.waits || talk.outbox.some((item) => item.press === HUMAN);
    this.$("person").disabled = asked || Boolean(talk.refused);
    this.$("person").textContent = words(talk.waits ? (talk.facts.human ? "personHere" : "personAsked") : "person");
    [this.input, this.$("send")].forEach((control) => { control.disabled = Boolean(talk.refused); });
    this.showWorking(talk.working);
    this.showAnswers(talk.buttons);
    const standing = JSON.stringify([talk.facts?.status, talk.facts?.human]);
    if (talk.facts && standing !== this.told) {
      this.told = standing;
      this.tell("state", { status: talk.facts.status, human: Boolean(talk.facts.human) });
    }
    this.settleView();
  }

  get heading() {
    return this.getAttribute("heading") || this.talk?.title || this.words("heading");
  }

  // -------------------------------------------------------------- what the page shows

  showWorking(working) {
    const line = this.$("working");
    if (!working) {
      clearTimeout(this.timer);
      this.timer = null;
      line.textContent = "";
    } else {
      this.timer ??= setTimeout(() => { line.textContent = this.words("working"); this.settleView(); }, WORKING_MS);
    }
  }

  showAnswers(buttons) {
    const group = this.$("answers");
    const shown = JSON.stringify(buttons);
    if (group.dataset.shown === shown) return;
    group.dataset.shown = shown;
    const held = group.contains(this.shadowRoot.activeElement);
    group.replaceChildren(...buttons.map(({ id, label }) => {
      const made = element("button", { type: "button", className: "answer", dir: "auto", part: "answer" }, label);
      made.addEventListener("click", () => this.talk.post(label, id));
      return made;
    }));
    group.hidden = !buttons.length;
    if (held) this.$("log").focus({ preventScroll: true }); // the next Tab is at the new answers, and no keyboard comes up
  }

  showSources(shown) {
    this.panel.classList.toggle("sources", shown);
    this.$("sources").ariaPressed = String(shown);
    this.$("sources").textContent = this.words(shown ? "hideSources" : "showSources");
  }

  /** Keeps the latest in view: the end, or the customer's last message when the answer is longer than the window. */
  settleView({ own = false } = {}) {
    const scroller = this.$("scroller");
    const end = scroller.scrollHeight - scroller.clientHeight;
    const mine = [...scroller.querySelectorAll(".turn.customer")].at(-1);
    const top = mine ? mine.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop : end;
    const target = Math.min(end, top - 12);
    if (own) this.away = false;
    if (this.away || (target <= scroller.scrollTop && !own)) return;
    scroller.scrollTop = target;
    this.farthest = scroller.scrollTop;
  }

  // -------------------------------------------------------------- open and closed, read and unread

  get isOpen() {
    return !this.bubble || this.panel.open;
  }

  /** Opens the bubble: beside the page, or on a narrow screen over it. */
  show() {
    if (this.isOpen) return;
    this.panel[window.matchMedia(NARROW).matches ? "showModal" : "show"]();
    this.opened();
    (window.matchMedia(TOUCH).matches ? this.$("log") : this.input).focus();
  }

  /** Stands open as the page is loaded: nobody's focus moves, and no page is covered. */
  stand() {
    if (this.isOpen || window.matchMedia(NARROW).matches) return;
    this.panel.open = true;
    this.opened();
  }

  opened() {
    this.begin();
    this.showOpen(true);
    this.seen({ id: this.talk.current?.id, version: this.talk.cursor });
    this.fit();
    this.settleView();
    this.tell("opened");
  }

  hide() {
    if (!this.bubble || !this.isOpen) return;
    this.panel.close();
    this.showOpen(false);
    this.$("launcher").focus();
    this.tell("closed");
  }

  showOpen(open) {
    this.$("launcher").ariaExpanded = String(open);
    standing.keep(this.shelf.name("panel"), open);
    this.showUnread();
  }

  /** An answer came: read where the chat is open, else counted. */
  count(version) {
    const id = this.talk.current.id;
    if (this.isOpen) return this.seen({ id, version });
    if (this.known.id === id && version <= this.known.version) return;
    this.unread += 1;
    this.showUnread();
  }

  /** All up to a version was read, here or in another tab. */
  seen(known) {
    if (!known) return;
    this.known = known;
    this.unread = 0;
    if (this.isOpen && known.id) this.shelf.keep("seen", known);
    this.showUnread();
  }

  showUnread() {
    if (!this.bubble) return;
    const count = { count: this.unread };
    const badge = this.$("launcher").querySelector(".badge");
    badge.hidden = !this.unread;
    badge.textContent = this.unread || "";
    const more = this.unread ? `, ${this.words("unread", count)}` : "";
    this.$("launcher").ariaLabel = this.isOpen ? this.words("close") : this.words("open") + more;
    const news = this.unread ? this.words("newWords", count) : "";
    if (this.$("news").textContent === news) return;
    this.$("news").textContent = news;
    this.tell("unread", count);
  }

  // -------------------------------------------------------------- what the customer does

  fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  submit() {
    const text = this.input.value.trim();
    if (!text || this.talk.refused) return;
    if (!this.talk.post(text)) {
      this.$("status").querySelector("p").textContent = this.words("full");
      return;
    }
    this.input.value = "";
    this.fit();
  }

  startAnew() {
    this.talk.startAnew();
    this.input.focus();
  }

  wire() {
    this.gone = new AbortController();
    const { signal } = this.gone;
    const on = (id, name, does) => this.$(id)?.addEventListener(name, does, { signal });
    const click = (id, does) => on(id, "click", does);
    on("form", "submit", (event) => { event.preventDefault(); this.submit(); this.input.focus(); });
    on("text", "input", () => this.fit());
    on("text", "keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    click("person", () => this.talk.post(this.words("person"), HUMAN));
    click("again", () => this.startAnew());
    click("fresh", () => this.$("ask").showModal());
    click("no", () => this.$("ask").close());
    click("yes", () => { this.$("ask").close(); this.startAnew(); });
    click("save", () => save(this.text(), this.talk.current?.id));
    click("print", () => print(this.text(), this.heading));
    click("sources", () => {
      const shown = this.$("sources").ariaPressed !== "true";
      this.showSources(shown);
      this.shelf.keep("sources", shown || null);
    });
    click("launcher", () => (this.isOpen ? this.hide() : this.show()));
    click("close", () => this.hide());
    on("panel", "cancel", (event) => {
      if (event.target !== this.panel) return; // the question within has its own
      event.preventDefault();
      this.hide();
    });
    on("panel", "keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || this.$("ask").open) return;
      event.preventDefault();
      this.hide();
    });
    on("scroller", "scroll", () => { this.away = this.$("scroller").scrollTop < this.farthest - 60; });
    const screen = window.visualViewport;
    screen?.addEventListener("resize", () => this.fitScreen(screen.height), { signal });
    window.addEventListener("beforeprint", () => this.unfold(), { signal });
  }

  /** Where a keyboard lies over the page instead of making it smaller, the chat makes itself smaller. */
  fitScreen(height) {
    this.panel.style.setProperty("--height", `${height}px`);
    if (!this.bubble) window.scrollTo(0, 0);
    this.settleView();
  }

  unfold() {
    this.shadowRoot.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  }

  text() {
    return asText(this.talk, { words: this.words, lang: this.language, heading: this.heading });
  }
}
