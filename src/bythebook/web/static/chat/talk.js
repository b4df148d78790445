// One customer's conversation: what is on its way, what is known of the case, and how to come back after any failure.
// The log on the server is the truth. Everything shown from it has a version or a key, and nothing is shown twice.

import { newKey } from "./keep.js";
import { isNamed } from "./paper.js";
import { backoff } from "./wire.js";

const TRIES_MAX = 8; // about half a minute, then the customer is asked
const EARLIER_CASES_MAX = 20;
const OUTBOX_MAX = 20;
const OFFLINE_MS = 5_000; // how long a browser that says it is offline is believed
const OVER = ["resolved", "abandoned", "erased"];

export const HUMAN = "act:human";
const casePath = (id, rest = "") => `v1/cases/${encodeURIComponent(id)}${rest}`;

/** `page` shows it: see the methods of ByTheBook that stand under "what the conversation tells". */
export class Talk {
  constructor(server, shelf, routine, page) {
    Object.assign(this, { server, shelf, routine, page });
    this.outbox = []; // {key, text, press, tries}, in the order written: not answered yet
    this.welcome = []; // what a new case begins with, where several documents are loaded
    this.title = ""; // of the document
    this.refused = ""; // why pages of this site may not hold the chat
    this.sending = false;
    this.past = false; // what is shown now is of an earlier case
    this.wakers = new Set(); // ends the pauses
    this.stopping = new AbortController();
    this.forget(shelf.recall("case"));
  }

  /** Begins with a case, or with none: nothing is known of it yet. */
  forget(current = null) {
    this.listening?.abort(); // stops the event stream
    this.current = current; // {id, token}
    this.cursor = 0; // the version of the case up to which everything is shown
    this.facts = null; // where the case stands: status, human, buttons, version
    this.shown = new Set(); // the keys of the messages that the log has shown
    this.transcript = [];
    this.lost = false; // the server does not know the case (any more)
    this.connected = true;
  }

  /** Takes up what this browser kept, and follows it. */
  async begin() {
    const { signal } = this.stopping;
    this.shelf.watch((what, value) => this.elsewhere(what, value), signal);
    ["online", "offline"].forEach((name) => window.addEventListener(name, () => this.back(), { signal }));
    document.addEventListener("visibilitychange", () => this.wake(), { signal });
    (this.shelf.recall("outbox") ?? []).slice(0, OUTBOX_MAX).forEach((item) => this.enqueue({ ...item, tries: 0 }));
    if (!this.current) this.greet();
    await (this.current && this.resume());
    if (this.lost) this.lose();
    else this.pump();
  }

  /** Ends all that runs: the element has left the page. */
  stop() {
    this.stopping.abort();
    this.listening?.abort();
    this.lost = true;
    this.wake();
  }

  /** Asks what can be helped with; without an answer the customer just writes. */
  async greet() {
    try {
      const { routines, buttons } = await this.server.ask("GET", "v1/routines");
      const own = routines.find((one) => one.routine === this.routine) ?? (routines.length === 1 ? routines[0] : null);
      [this.title, this.welcome] = [own?.title ?? "", this.routine ? [] : buttons];
    } catch (problem) {
      this.notAllowed(problem);
    }
    this.page.changed();
  }

  notAllowed(problem) {
    if (problem.kind !== "site-not-allowed" || this.refused) return;
    this.refused = problem.message;
    this.page.tell("refused", { reason: problem.message });
    console.error(`<by-the-book>: ${problem.message}`);
  }

  // -------------------------------------------------------------- what the server tells

  take(caseId, utterance) {
    if (caseId !== this.current?.id || utterance.version <= this.cursor) return;
    this.cursor = utterance.version;
    if (this.shown.has(utterance.id)) return; // it came from the case before
    if (utterance.id) this.shown.add(utterance.id);
    this.transcript.push(utterance);
    this.page.say(utterance);
  }

  takeState(caseId, state) {
    if (caseId !== this.current?.id || (this.facts && state.version < this.facts.version)) return;
    this.facts = state;
    if (state.status === "erased") return this.letGo();
    if (!state.working && state.status !== "handed_off") this.page.answered();
    if (state.continued_in) this.follow(state.continued_in);
    else this.page.changed();
  }

  takeView(view) {
    view.transcript.forEach((utterance) => this.take(view.case, utterance));
    this.takeState(view.case, view);
  }

  /** The case was erased: nothing of it stays here, and nothing more is sent to it. */
  letGo() {
    const { facts } = this;
    this.forget();
    this.facts = { ...facts, buttons: [] };
    this.outbox.length = 0;
    ["case", "outbox", "seen"].forEach((what) => this.shelf.keep(what, null));
    this.page.clear([]);
    this.page.changed();
  }

  follow(caseId) {
    this.page.continued();
    this.current = { id: caseId, token: this.current.token };
    this.shelf.keep("case", this.current);
    [this.cursor, this.facts] = [0, null];
    this.page.tell("case", { case: caseId });
    this.attend();
    this.catchUp();
  }

  async catchUp() {
    const asked = this.current;
    if (!asked) return true;
    try {
      this.takeView(await this.server.ask("GET", casePath(asked.id, `?after=${this.cursor}`), asked));
      return true;
    } catch (problem) {
      if (asked === this.current && problem.status === 404) this.lose();
      return false;
    }
  }

  /** Follows the case's events, again and again from the cursor, until the case changes. */
  async attend() {
    this.listening?.abort();
    const stop = this.listening = new AbortController();
    const { id, token } = this.current;
    for (let tries = 0; !stop.signal.aborted; tries += 1) {
      try {
        await this.server.listen(casePath(id, "/events"), token, this.cursor, {
          signal: stop.signal,
          opened: () => { tries = 0; this.reconnected(); },
          told: (type, data) => (type === "utterance" ? this.take(id, data) : this.takeState(id, data)),
        });
      } catch (problem) {
        this.notAllowed(problem);
        if (problem.final && !stop.signal.aborted) return this.lose();
      }
      if (stop.signal.aborted) return undefined;
      if (tries > 1) { this.connected = false; this.page.changed(); }
      await this.pause(backoff(tries));
    }
    return undefined;
  }

  reconnected() {
    this.connected = true;
    this.outbox.forEach((item) => { item.tries = Math.min(item.tries, 1); });
    this.back();
    this.pump();
  }

  /** Something may be possible again: try at once. */
  back() {
    this.wake();
    this.page.changed();
  }

  /** Waits, but no longer than until there is a reason to try at once. */
  pause(milliseconds) {
    return new Promise((done) => {
      const go = () => { clearTimeout(timer); this.wakers.delete(go); done(); };
      const timer = setTimeout(go, milliseconds);
      this.wakers.add(go);
    });
  }

  wake() {
    [...this.wakers].forEach((go) => go());
  }

  // -------------------------------------------------------------- what the customer sends

  /** Takes a message, or the press of a button; returns false where too much waits already. */
  post(text, press = null) {
    if (this.outbox.length >= OUTBOX_MAX) return false;
    const item = { key: newKey(), text, press, tries: 0 };
    this.enqueue(item);
    this.keepOutbox((kept) => [...kept, { key: item.key, text, press }]);
    this.outbox.forEach((waiting) => { waiting.tries = 0; });
    this.back();
    this.pump();
    return true;
  }

  /** Changes what is kept of the outbox: other tabs keep theirs in it, too. */
  keepOutbox(change) {
    const kept = change(this.shelf.recall("outbox") ?? []).slice(-OUTBOX_MAX);
    this.shelf.keep("outbox", kept.length ? kept : null);
  }

  enqueue(item) {
    this.outbox.push(item);
    this.page.enqueue(item.key, item.text);
  }

  /** Sends what waits, one message after the other, so that their order stays. */
  async pump() {
    if (this.sending || this.lost) return;
    this.sending = true;
    try {
      while (this.outbox.length && !this.lost && this.outbox[0].tries < TRIES_MAX) await this.deliver(this.outbox[0]);
    } finally {
      this.sending = false;
      this.page.changed();
    }
  }

  async deliver(item) {
    if (navigator.onLine === false) {
      this.page.mark(item.key, "waiting");
      return this.pause(OFFLINE_MS);
    }
    try {
      item.tries += 1;
      this.page.mark(item.key, item.tries > 1 ? "waiting" : "sending");
      await this.shelf.alone(() => this.send(item));
    } catch (problem) {
      return this.undelivered(item, problem);
    }
    this.drop(item);
    if (!this.connected) this.wake(); // the stream need not wait any longer
    const alone = () => !this.lost && !this.outbox.length; // who waits behind it is not kept waiting
    for (let tries = 0; alone() && !(await this.catchUp()); tries += 1) await this.pause(backoff(tries));
    if (this.shown.has(item.key)) this.page.settled(item.key);
    return undefined;
  }

  async send(item) {
    if (!this.outbox.includes(item)) return; // the case was erased, or another tab has sent it
    await this.openCase();
    const body = item.press ? { press: item.press } : { text: item.text };
    await this.server.ask("POST", casePath(this.current.id, "/messages"), {
      token: this.current.token, key: item.key, body,
    });
  }

  async undelivered(item, problem) {
    if (!this.outbox.includes(item)) return undefined;
    if (problem.kind === "case-erased") {
      this.facts = { status: "erased", buttons: [] };
      return this.letGo();
    }
    if (problem.status === 404) {
      item.tries = 0;
      return this.lose();
    }
    this.notAllowed(problem);
    if (problem.final) {
      this.drop(item);
      this.page.mark(item.key, "refused", { reason: problem.message });
      return undefined;
    }
    this.page.mark(item.key, "waiting");
    if (item.tries < TRIES_MAX) return this.pause(Math.max(problem.retryAfter ?? 0, backoff(item.tries)));
    this.page.mark(item.key, "failed", { retry: () => { item.tries = 0; this.pump(); } });
    return undefined;
  }

  drop(item) {
    const at = this.outbox.indexOf(item);
    if (at >= 0) this.outbox.splice(at, 1);
    this.keepOutbox((kept) => kept.filter((one) => one.key !== item.key));
  }

  async openCase() {
    if (this.current) return;
    const kept = this.shelf.recall("case"); // another tab has opened it a moment ago
    if (kept) {
      this.current = kept;
    } else {
      const opened = await this.server.ask("POST", "v1/cases", { body: this.routine ? { routine: this.routine } : {} });
      this.current = { id: opened.case, token: opened.token };
      this.shelf.keep("case", this.current);
    }
    this.facts = null;
    this.page.tell("case", { case: this.current.id });
    this.attend();
  }

  // -------------------------------------------------------------- coming back, and beginning anew

  lose() {
    this.lost = true;
    this.listening?.abort();
    this.outbox.forEach((item) => this.page.mark(item.key, "failed"));
    this.back();
  }

  /** Begins anew: the case stays on the server, this browser lets go of it. What was not sent goes to the new one. */
  startAnew(kept = null) {
    this.forget(kept);
    if (!kept) this.shelf.keep("case", null);
    this.outbox.forEach((item) => { item.tries = 0; });
    this.page.clear(this.outbox);
    this.page.changed();
    if (kept) this.resume();
    else if (!this.title) this.greet();
    this.pump();
  }

  /** Another tab of this browser went on: stay in step with it. */
  elsewhere(what, value) {
    if (what === "seen") return this.page.seen(value);
    if (what === "outbox") {
      const kept = new Set((value ?? []).map((one) => one.key));
      const sent = this.outbox.filter((item) => item.tries !== 0 && !kept.has(item.key));
      return sent.length ? this.catchUp() : undefined;
    }
    if (value?.id === this.current?.id) return undefined;
    if (value && value.token === this.current?.token) return this.follow(value.id);
    return value || this.current ? this.startAnew(value) : undefined;
  }

  async resume() {
    const asked = this.current;
    this.greet();
    try {
      let view = await this.server.ask("GET", casePath(asked.id), asked);
      const [latest, earlier] = [view, []];
      while (view.previous && earlier.length < EARLIER_CASES_MAX) {
        view = await this.server.ask("GET", casePath(view.previous), asked);
        earlier.unshift(view);
      }
      if (asked !== this.current) return undefined;
      for (const past of earlier) {
        this.current = { ...asked, id: past.case };
        this.past = true;
        past.transcript.forEach((utterance) => this.take(past.case, utterance));
        [this.past, this.cursor] = [false, 0];
        this.page.continued();
      }
      this.current = asked;
      this.takeView(latest);
      if (this.current === asked) this.attend();
    } catch (problem) {
      if (asked !== this.current || this.lost) return undefined;
      this.notAllowed(problem);
      if ([401, 403, 404].includes(problem.status)) return this.lose();
      this.forget(asked);
      this.connected = false;
      this.page.changed();
      await this.pause(backoff(3));
      this.page.clear(this.outbox);
      return this.resume();
    }
    return undefined;
  }

  // -------------------------------------------------------------- where it stands

  get waits() {
    return this.facts?.status === "handed_off";
  }

  get over() {
    return this.lost || OVER.includes(this.facts?.status);
  }

  get buttons() {
    if (this.outbox.length || this.lost || this.refused) return [];
    return this.facts?.buttons ?? (this.current ? [] : this.welcome);
  }

  /** Whether the server is at work on an answer, as far as this page can know. */
  get working() {
    return Boolean(this.facts?.working && this.connected && !this.lost);
  }

  /** Where it stands, in words. */
  status(words) {
    if (this.refused) return this.refused;
    if (this.lost) return words("gone");
    if (navigator.onLine === false) return words("offline");
    if (!this.connected) return words("unreachable");
    const name = this.facts?.human_name;
    if (this.waits && this.facts.human) return words(isNamed(name) ? "joinedName" : "joined", { name });
    if (this.waits) return words(this.facts.on_duty === false ? "nobody" : "waits");
    return OVER.includes(this.facts?.status) ? words(this.facts.status) : "";
  }
}
