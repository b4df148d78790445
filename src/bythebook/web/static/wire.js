// Talks with the HTTP interface. Knows requests, problems and the event stream; knows nothing of the page.

const ANSWER_MS_MAX = 60_000;
const SILENCE_MS_MAX = 40_000; // the server shows a sign of life every 15 s

/** What the server refused or could not do; `final` when the same request will never do. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.kind = body.type || "";
    this.final = status >= 400 && status < 500 && ![408, 425, 429].includes(status);
  }
}

function headersFor(token, more = {}) {
  return token ? { Authorization: `Bearer ${token}`, ...more } : more;
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  return new Problem(response.status, body);
}

/** Asks and returns the JSON of the answer; throws Problem, or TypeError when nobody answers. */
export async function ask(method, path, { token, key, body } = {}) {
  const headers = headersFor(token, { Accept: "application/json" });
  if (key) headers["Idempotency-Key"] = key;
  if (body) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS_MAX);
  try {
    const response = await fetch(path, {
      method, headers, body: body && JSON.stringify(body), signal: stop.signal, cache: "no-store", credentials: "omit",
    });
    if (!response.ok) throw await problemOf(response);
    return await response.json();
  } finally {
    clearTimeout(timer);
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

/** Reads an event stream until it ends or `signal` stops it. By fetch: an EventSource would put the token in the URL. */
export async function listen(path, token, { signal, opened, told }) {
  const stop = new AbortController();
  const quit = () => stop.abort();
  signal.addEventListener("abort", quit);
  let timer = setTimeout(quit, SILENCE_MS_MAX);
  try {
    const headers = headersFor(token, { Accept: "text/event-stream" });
    const response = await fetch(path, { headers, signal: stop.signal, cache: "no-store", credentials: "omit" });
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

/** Waits a little longer each time, never the same for everybody. */
export function backoff(tries, { first = 400, most = 8_000 } = {}) {
  const wait = Math.min(most, first * 2 ** tries);
  return wait * (0.75 + Math.random() / 2);
}
