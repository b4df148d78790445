// What this browser keeps between two visits. One that keeps nothing still talks.

export const KEPT = { current: "bythebook.case", outbox: "bythebook.outbox", sources: "bythebook.sources" };

/** Returns what was kept under a name, or null. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** Keeps a value; null lets go of it. */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch { /* private windows and full disks */ }
}

/** Makes the key of a message: whoever repeats it cannot be mistaken for anybody else. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
