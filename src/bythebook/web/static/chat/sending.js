// What a customer sends: one message after the other, until the server has taken it, through reloads and lost connections.
// Each message has its key, so that the server takes it once however often it is sent.

import { newKey } from "./keep.js";
import { backoff } from "./wire.js";

const TRIES_MAX = 8; // about half a minute, then the customer is asked
export const OUTBOX_MAX = 20;
const OFFLINE_MS = 5_000; // how long a browser that says it is offline is believed

export const casePath = (id, rest = "") => `v1/cases/${encodeURIComponent(id)}${rest}`;

/** The half of a conversation (talk.js) that goes to the server. */
export class Sending {
  constructor() {
    this.outbox = []; // {key, text, press, tries}, in the order written: not answered yet
    this.sending = false;
    this.wakers = new Set(); // ends the pauses
  }

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

  // -------------------------------------------------------------- pauses

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
}
