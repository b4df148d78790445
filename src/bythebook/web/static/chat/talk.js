// One customer's conversation: what is known of the case, and how to come back after any failure. What it sends: sending.js.
// The log on the server is the truth. Everything shown from it has a version or a key, and nothing is shown twice.

import { isNamed } from "./paper.js";
import { casePath, OUTBOX_MAX, Sending } from "./sending.js";
import { backoff } from "./wire.js";

const EARLIER_CASES_MAX = 20;
const OVER = ["resolved", "abandoned", "erased"];

export const HUMAN = "act:human";

/** `page` shows it: see the methods of ByTheBook that stand under "what the conversation tells". */
export class Talk extends Sending {
  constructor(server, shelf, routine, page) {
    super();
    Object.assign(this, { server, shelf, routine, page });
    this.welcome = []; // what a new case begins with, where several documents are loaded
    this.title = ""; // of the document
    this.refused = ""; // why pages of this site may not hold the chat
    this.past = false; // what is shown now is of an earlier case
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
