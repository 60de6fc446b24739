// What the device keeps, in IndexedDB. The page and the service worker share it.
//   drafts  {id, key, fields: [[name, value]], at, tab, other: {fields, at}, handed, notes}     files  id -> [File]
//   outbox  {key, fields, files, quick, title, state, at, sentences, proof}     notes  name -> anything
import { openDB } from "idb";

let opening;

export function store() {
  opening ??= openDB("lapor", 1, {
    upgrade(db) {
      db.createObjectStore("drafts", { keyPath: "id" });
      db.createObjectStore("outbox", { keyPath: "key" });
      ["files", "notes"].forEach((name) => db.createObjectStore(name));
    },
    // A newer version wants in: let go at once, or its page would wait for ours.
    blocking(_, __, event) { event.target.close(); opening = undefined; },
    terminated() { opening = undefined; },
  });
  return opening;
}

const news = "BroadcastChannel" in self ? new BroadcastChannel("lapor") : null;
const listeners = [];
if (news) news.onmessage = ({ data }) => listeners.forEach((listen) => listen(data));

// Tell the other tabs and the service worker, and those who listen here.
export function announce(what) {
  news?.postMessage(what);
  listeners.forEach((listen) => listen(what));
}
export const onNews = (listen) => listeners.push(listen);

export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

let drawing;

async function drawVeil() {
  const fresh = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const notes = (await store()).transaction("notes", "readwrite").store;   // two tabs may draw at once: the first one counts
  const kept = await notes.get("veil");
  if (!kept) await notes.put(fresh, "veil");
  return kept ?? fresh;
}

// A name for something that belongs to one report, which does not tell the report's code: an HMAC under a key that
// this browser made and will not hand out.
export async function veiled(purpose, code) {
  drawing ??= drawVeil();
  const mark = await crypto.subtle.sign("HMAC", await drawing, new TextEncoder().encode(`${purpose} ${code}`));
  return `${purpose}:${Array.from(new Uint8Array(mark).slice(0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
