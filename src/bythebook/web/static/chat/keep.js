// What this browser keeps between two visits. One that keeps nothing still talks.

/** Makes the key of a message: whoever repeats it cannot be mistaken for anybody else. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is kept for one chat: `scope` tells it from others on the same site. Tabs of one browser share it. */
export class Shelf {
  constructor(scope) {
    this.scope = scope;
  }

  name(what) {
    return `bythebook.${what}${this.scope}`;
  }

  /** Returns what was kept, or null. */
  recall(what) {
    try {
      return JSON.parse(localStorage.getItem(this.name(what)));
    } catch {
      return null;
    }
  }

  /** Keeps a value; null lets go of it. */
  keep(what, value) {
    try {
      if (value === null) localStorage.removeItem(this.name(what));
      else localStorage.setItem(this.name(what), JSON.stringify(value));
    } catch { /* private windows and full disks */ }
  }

  /** Tells what another tab kept or let go of, until `signal` stops it. */
  watch(told, signal) {
    window.addEventListener("storage", (event) => {
      for (const what of ["case", "outbox", "seen"]) {
        if (event.key === this.name(what)) told(what, this.recall(what));
      }
    }, { signal });
  }

  /** Does the work while no other tab does the same. */
  alone(work) {
    return navigator.locks ? navigator.locks.request(this.name("sending"), work) : work();
  }
}

/** Whether the chat stands open in this tab, across its pages. */
export const standing = {
  recall(name) {
    try {
      return sessionStorage.getItem(name) === "open";
    } catch {
      return false;
    }
  },
  keep(name, open) {
    try {
      if (open) sessionStorage.setItem(name, "open");
      else sessionStorage.removeItem(name);
    } catch { /* as above */ }
  },
};
