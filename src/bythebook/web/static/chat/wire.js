// Talks with the HTTP interface. Knows requests, problems and the event stream; knows nothing of the page.

const ANSWER_MS_MAX = 60_000;
const SILENCE_MS_MAX = 40_000; // the server shows a sign of life every 15 s
const NOT_FINAL = [408, 425, 429];

/** What the server refused or could not do; `final` when the same request will never do. */
export class Problem extends Error {
  constructor(response, body) {
    super(body.detail || body.title || `${response.status}`);
    this.status = response.status;
    this.kind = (body.type || "").split("/").pop();
    this.final = this.status >= 400 && this.status < 500 && !NOT_FINAL.includes(this.status);
    this.retryAfter = 1000 * Number(response.headers.get("Retry-After") ?? 0);
  }
}

async function problemOf(response) {
  return new Problem(response, await response.json().catch(() => ({})));
}

/** One installation of By the Book, by its address. */
export class Server {
  constructor(base) {
    this.base = base;
  }

  fetch(path, token, headers, more) {
    if (token) headers.Authorization = `Bearer ${token}`;
    return fetch(new URL(path, this.base), { headers, cache: "no-store", credentials: "omit", ...more });
  }

  /** Asks and returns the JSON of the answer; throws Problem, or TypeError when nobody answers. */
  async ask(method, path, { token, key, body } = {}) {
    const headers = { Accept: "application/json" };
    if (key) headers["Idempotency-Key"] = key;
    if (body) headers["Content-Type"] = "application/json";
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ANSWER_MS_MAX);
    try {
      const response = await this.fetch(path, token, headers, {
        method, body: body && JSON.stringify(body), signal: stop.signal,
      });
      if (!response.ok) throw await problemOf(response);
      return await response.json();
    } finally {
      clearTimeout(timer);
    }
  }

  /** Reads an event stream from its cursor until it ends or `signal` stops it. An EventSource would put the token
   * in the URL. */
  async listen(path, token, cursor, { signal, opened, told }) {
    const stop = new AbortController();
    const quit = () => stop.abort();
    signal.addEventListener("abort", quit);
    let timer = setTimeout(quit, SILENCE_MS_MAX);
    try {
      const headers = { Accept: "text/event-stream", "Last-Event-ID": String(cursor) };
      const response = await this.fetch(path, token, headers, { signal: stop.signal });
      if (!response.ok) throw await problemOf(response);
      opened();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ;) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(quit, SILENCE_MS_MAX);
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop();
        for (const { type, data } of blocks.map(eventOf)) {
          if (data) told(type, JSON.parse(data));
        }
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", quit);
    }
  }
}

function eventOf(block) {
  const event = { type: "", data: "" };
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) event.type = line.slice(7);
    else if (line.startsWith("data: ")) event.data += line.slice(6);
  }
  return event;
}

/** Waits a little longer each time, never the same for everybody. */
export function backoff(tries, { first = 400, most = 8_000 } = {}) {
  return Math.min(most, first * 2 ** tries) * (0.75 + Math.random() / 2);
}
