// Sends what waits in the outbox: from the page or from the service worker, whoever is awake. The key that each report was
// given on this device makes it one report however often it is sent.
import { announce, store } from "./store.js";

const PATIENCE = 8000;            // for a token, a few bytes
const LONGEST_SENDING = 10 * 60000;   // for ten photos over a bad line
const REMEMBERED = 20 * 3600 * 1000;   // the server keeps uploads for 24 hours
const TRY_AGAIN = [401, 403, 408, 425, 429];
const TOKEN = "/lapor/kunci/", DOOR = "/lapor/kirim/";

function within(milliseconds) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), milliseconds);
  return stop.signal;
}

// A fresh CSRF token; fails when the server cannot be reached or is not well.
export async function freshToken() {
  const answer = await fetch(TOKEN, { cache: "no-store", credentials: "same-origin", signal: within(PATIENCE) });
  if (!answer.ok) throw new Error(`token ${answer.status}`);
  return (await answer.json()).token;
}

// Sends everything that waits; answers how many still do.
export async function sendAll() {
  if (!navigator.locks) return sendEach();
  return navigator.locks.request("lapor-outbox", { ifAvailable: true }, (mine) => (mine ? sendEach() : waiting()));
}

async function sendEach() {
  const db = await store();
  for (const entry of await db.getAll("outbox")) {
    if (["waiting", "sending"].includes(entry.state) && !(await send(entry))) break;   // no network: the next would fail too
  }
  return waiting();
}

async function waiting() {
  const entries = await (await store()).getAll("outbox");
  return entries.filter((entry) => ["waiting", "sending"].includes(entry.state)).length;
}

// Answers false when it is of no use to try the next one now.
async function send(entry) {
  await change(entry, { state: "sending" });
  try {
    let answer = await post(entry);
    if (answer.status === 403) answer = await post(entry);   // another page took a token at the same time: ours was stale
    if (answer.status >= 500 || TRY_AGAIN.includes(answer.status)) throw new Error(`not now: ${answer.status}`);
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) await change(entry, { state: "sent", proof: said, fields: [], files: [], quick: null });
    else await change(entry, { state: "refused", sentences: said.sentences ?? [] });
    return true;
  } catch {
    await change(entry, { state: "waiting" });
    return false;
  }
}

async function post(entry) {
  const headers = { Accept: "application/json", "X-CSRFToken": await freshToken() };
  return fetch(DOOR, { method: "POST", credentials: "same-origin", headers, body: bodyOf(entry), signal: within(LONGEST_SENDING) });
}

// The same as the form would have sent, as long as the server remembers the files that went up before: should the form
// have arrived after all, this is the same report. Later the files themselves.
function bodyOf({ key, fields, files, quick, at }) {
  const body = new FormData(), isFresh = quick?.kept.length > 0 && Date.now() - at < REMEMBERED;
  fields.forEach(([name, value]) => body.append(name, value));
  if (isFresh) quick.kept.forEach((token) => body.append("kept", token));
  (isFresh ? quick.photos : files).forEach((file) => body.append("photos", file, file.name));
  body.set("key", key);
  return body;
}

// Never brings back what was taken out of the outbox meanwhile.
async function change(entry, changes) {
  const moved = (await store()).transaction("outbox", "readwrite");
  if (await moved.store.get(entry.key)) await moved.store.put(Object.assign(entry, changes));
  await moved.done;
  announce({ outbox: true });
}
