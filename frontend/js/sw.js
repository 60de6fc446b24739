// The service worker: opens the app without a network, sends what waits, takes what other apps share, tells of news.
// The server writes `self.SHELL` before this: the version, and the names of the files and pages that are kept.
// Nothing is kept but that list: no page that belongs to anybody, no answer to a form, nothing of the officers' desk.
import { sendAll } from "./device/sending.js";
import { announce, store, uuid } from "./device/store.js";

const { SHELL } = self;
const CACHE = `shell-${SHELL.version}`;
const DAY = 24 * 3600 * 1000;
const LANGUAGE = "/-/language";   // not an address of the server: where the language seen last is noted

self.addEventListener("install", (event) => event.waitUntil(fill()));

// All or nothing: a version that could not be kept whole never takes over.
async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.files);
  await keepPages(cache, "id");
}

async function keepPages(cache, language) {
  // Asked for as nobody: what is kept shows no name and carries no session.
  const pages = Object.values(SHELL.pages[language]);
  const answers = await Promise.all(pages.map((page) => fetch(page, { credentials: "omit", cache: "reload" })));
  if (answers.some((answer) => !answer.ok)) throw new Error("a page of the shell is missing");
  await Promise.all(answers.map((answer, n) => cache.put(pages[n], answer)));
}

// No skipWaiting: an open page keeps the version it was made with, the new one begins at the next start.
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || pathname.startsWith("/meja/")) return;
  if (request.method === "POST" && pathname === SHELL.share) return event.respondWith(takeShared(request));
  if (request.mode === "navigate" && (request.method === "GET" || guardsPosts())) return event.respondWith(visit(event, pathname));
  if (request.method === "GET" && SHELL.files.includes(pathname)) event.respondWith(kept(pathname).then((found) => found ?? fetch(request)));
});

// Safari has lost the files of forms that went through a service worker; there the page alone looks after them.
const guardsPosts = () => "sync" in self.registration;

const kept = async (name) => (await caches.open(CACHE)).match(name);

async function visit(event, pathname) {
  try {
    const answer = await fetch(event.request);
    if (event.request.method === "POST" && pathname === SHELL.form && answer.status >= 500) return await disturbed();
    if (event.request.method === "GET") event.waitUntil(learn(answer.headers.get("Content-Language")));
    return answer;
  } catch {
    return offline(event.request.method === "GET" ? pathname : SHELL.device);
  }
}

// The network is there, our system is not well: the page must not blame the network.
async function disturbed() {
  const page = await offline(SHELL.device);
  if (page.type === "error") return page;
  const headers = new Headers(page.headers);
  ["Content-Encoding", "Content-Length"].forEach((name) => headers.delete(name));   // of the bytes as they came
  return new Response((await page.text()).replace("data-device-page", 'data-device-page="ill"'), { headers });
}

async function offline(pathname) {
  const language = (await (await kept(LANGUAGE))?.text()) ?? "id";
  const name = pathname === SHELL.form ? "lapor" : "perangkat";
  return (await kept(SHELL.pages[language][name])) ?? (await kept(SHELL.pages.id[name])) ?? Response.error();
}

// Note the language of the pages, and once a day fetch the offline ones again: categories and institutions change.
async function learn(language) {
  if (!SHELL.pages[language]) return;
  const cache = await caches.open(CACHE);
  const known = await (await cache.match(LANGUAGE))?.text();
  if (known !== language) await cache.put(LANGUAGE, new Response(language));
  const age = await ageOf(await cache.match(SHELL.pages[language].lapor));
  if (age > DAY) await keepPages(cache, language).catch(() => {});
}

const ageOf = async (answer) => (answer ? Date.now() - Date.parse(answer.headers.get("Date") ?? 0) : Infinity);

self.addEventListener("sync", (event) => {
  // To fail asks the browser to wake us again.
  if (event.tag === "outbox") event.waitUntil(sendAll().then((left) => { if (left) throw new Error("some still wait"); }));
});

async function takeShared(request) {
  const shared = await request.formData().catch(() => new FormData());
  const said = (name) => String(shared.get(name) ?? "").trim();
  const text = said("text");
  const words = [text.includes(said("title")) ? "" : said("title"), text, text.includes(said("url")) ? "" : said("url")];
  await intoDraft(words.filter(Boolean).join("\n"), shared.getAll("photos").filter((file) => file instanceof File));
  return Response.redirect(SHELL.form, 303);
}

// Any site can send something here. Into an empty form it goes at once; beside words that somebody is writing it waits
// until that person asks for it.
async function intoDraft(text, sent) {
  const db = await store();
  const fits = (file) => (file.type.startsWith(SHELL.types) || SHELL.kinds.includes(file.type)) && file.size <= SHELL.largest;
  const leftOut = sent.filter((file) => !fits(file)).map(({ name, size }) => ({ name, size, large: size > SHELL.largest }));
  const moved = db.transaction(["drafts", "files"], "readwrite");
  const drafts = moved.objectStore("drafts"), shelves = moved.objectStore("files");
  const draft = (await drafts.get("report")) ?? { id: "report", key: uuid(), fields: [] };
  const files = (await shelves.get("report")) ?? [];
  const waits = files.length > 0 || draft.fields.some(([name]) => name === "text");
  const before = draft.shared?.waits ? draft.shared.text : "", shelf = waits ? "report/shared" : "report";
  const words = [before, text].filter(Boolean).join("\n\n");
  shelves.put([...((await shelves.get(shelf)) ?? []), ...sent.filter(fits)], shelf);
  if (waits) drafts.put({ ...draft, shared: { leftOut, text: words, waits } });
  else drafts.put({ ...draft, fields: [...draft.fields, ["text", words]], at: Date.now(), tab: "share", shared: { leftOut } });
  await moved.done;
  if (!waits) announce({ draft: "report", at: Date.now(), tab: "share" });
}

self.addEventListener("push", (event) => {
  const news = event.data?.json() ?? {};
  // The same tag: a letter that came twice is shown once, without another sound.
  event.waitUntil(Promise.all([tell(news.tag, "delivered"), self.registration.showNotification(news.title ?? "LAPOR!", {
    body: news.body, tag: news.tag, lang: news.lang, icon: SHELL.icon, badge: SHELL.badge, data: { link: news.link ?? "/lacak/" },
  })]));
});

// Officers see that the news came; where we are out of reach just now they do not, and nothing else is lost.
function tell(key, state) {
  return fetch("/kanal/push/", { method: "POST", credentials: "omit", body: new URLSearchParams({ key: key ?? "", state }) }).catch(() => {});
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { link } = event.notification.data;
  event.waitUntil(Promise.all([tell(event.notification.tag, "read"), openPage(new URL(link, location.origin).pathname)]));
});

async function openPage(pathname) {
  const open = await self.clients.matchAll({ type: "window" });
  const there = open.find((client) => new URL(client.url).pathname === pathname);
  return there ? there.focus() : self.clients.openWindow(pathname);
}
