// Reports on their way: pressed "send", but the server has not said yet that it has them.
import { aside, SENT_MARK, sent, waiting } from "./drafts.js";
import { parcel, textOf, wordsOf } from "./fields.js";
import { freshToken, sendAll } from "./sending.js";
import { announce, onNews, store, veiled } from "./store.js";
import { button, make, when, word } from "./words.js";

const FIRST_PAUSE = 1000, LONGEST_PAUSE = 60000;   // milliseconds
const IN_FLIGHT = 20000;   // a form that was sent as long ago as this, and led to no receipt, is sent again
const ICONS = { waiting: "clock", sending: "progress", sent: "circle-check", refused: "alert-triangle" };
const LOOKS = { waiting: "pending", sending: "in_progress", sent: "closed", refused: "disposed" };

// Before the form goes: keep a copy in the outbox, ask whether the server is there, and go on as forms do; else wait.
export function guard(draft) {
  const { form } = draft;
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || event.submitter?.name) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.sent === "yes") return;
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    await draft.save();
    if (!draft.forgetful) await hand(draft);
    try {
      const token = await freshToken();
      form.querySelector("[name=csrfmiddlewaretoken]").value = token;
      HTMLFormElement.prototype.submit.call(form);
    } catch {
      await later(draft, event.submitter);
    }
  });
}

async function hand({ form, files }) {
  const text = form.elements.title?.value || form.elements.text?.value || "";
  const facts = { key: form.elements.key.value, words: JSON.stringify(wordsOf(form)), state: "handed", title: text.trim().slice(0, 90), at: Date.now() };
  await (await store()).put("outbox", { ...parcel(form), files, ...facts });
  flag(true);
}

// No network: the report waits here. Without leave to keep it, say so and keep only what stands on the screen.
async function later(draft, pressed) {
  const { form } = draft;
  if (draft.forgetful) {
    delete form.dataset.sent;
    pressed?.removeAttribute("aria-busy");
    draft.say(word("cannot-wait")).scrollIntoView({ block: "center" });
    return;
  }
  const entry = await (await store()).get("outbox", form.elements.key.value);
  await (await store()).put("outbox", { ...entry, state: "waiting" });
  await draft.handed(entry);
  document.querySelector("h1").textContent = word("waiting-title");
  document.querySelector(".page-header-lead")?.remove();
  form.replaceWith(await panel());
  startAnew();
  document.querySelector("[data-outbox]").focus();
}

async function wakeLater() {
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("outbox").catch(() => {});   // Safari and Firefox have no such thing: the page sends
}

// What the pages before this one left behind, and what can be sent now.
export async function settle() {
  const db = await store();
  const entries = await db.getAll("outbox");
  const arrived = document.querySelector("[data-receipt]")?.dataset.receipt;
  const refused = document.querySelector("form[data-draft=report][data-bound]")?.dataset.bound;
  const lost = document.querySelector("[data-device-page]");
  for (const entry of entries.filter(({ state }) => state === "handed")) {   // a page speaks for the one report it names
    if ([arrived, refused].includes(entry.key)) await db.delete("outbox", entry.key);
    else if (lost || Date.now() - entry.at > IN_FLIGHT) await db.put("outbox", { ...entry, state: "waiting" });
    else continue;
    if (entry.key !== refused) await sent("report", entry);
  }
  if (arrived) await noteSent(arrived, entries);
  flag((await db.count("outbox")) > 0);
  await tryNow();
}

// Going back brings the words into the form once more: remember, in this tab, which ones have their receipt.
async function noteSent(key, entries) {
  const forgotten = JSON.parse(sessionStorage.getItem("report") ?? "null");
  if (forgotten?.key === key) sessionStorage.removeItem("report");
  const fields = entries.find((entry) => entry.key === key)?.fields ?? (forgotten?.key === key ? forgotten.fields : []);
  const text = textOf(fields);
  if (text) sessionStorage.setItem(SENT_MARK, await veiled(SENT_MARK, text));
}

// The reporter closes the report on this device: the proof with its code goes too.
export function forgetWith(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const db = await store();
      for (const { key, proof: told } of await db.getAll("outbox")) if (told?.code === form.dataset.forget) await db.delete("outbox", key);
    } finally {
      form.submit();
    }
  });
}

// As long as a page is open it tries by itself, ever more slowly: "online" is often said before it is true.
let pause = FIRST_PAUSE, next;

export async function tryNow() {
  clearTimeout(next);
  if (!(await store().then((db) => db.count("outbox"))) || !(await sendAll())) return;
  await wakeLater();
  next = setTimeout(tryNow, pause);
  pause = Math.min(2 * pause, LONGEST_PAUSE);
}

function startAnew() {
  pause = FIRST_PAUSE;
  tryNow();
}

window.addEventListener("online", startAnew);
document.addEventListener("visibilitychange", () => document.hidden || startAnew());

const flag = (on) => { try { if (on) localStorage.setItem("lapor.box", "1"); else localStorage.removeItem("lapor.box"); } catch { /* not remembered */ } };

// --- On the screen -------------------------------------------------------------------------------

// The list of everything in the outbox; it follows what happens.
export async function panel() {
  const list = make("ul", { className: "outbox-list" });
  const box = make("section", { className: "outbox stack", tabIndex: -1, data: { outbox: "" }, aria: { live: "polite", label: word("outbox") } }, list);
  const draw = async () => {
    const entries = (await (await store()).getAll("outbox")).filter(({ state }) => state !== "handed").sort((a, b) => b.at - a.at);
    list.replaceChildren(...entries.map(line));
    box.classList.toggle("outbox-empty", entries.length === 0);
    flag(entries.length > 0);
  };
  onNews((news) => news.outbox && draw());
  await draw();
  return box;
}

function line(entry) {
  const status = make("span", { className: `status status-${LOOKS[entry.state]}` }, icon(ICONS[entry.state]), make("span", { textContent: word(entry.state) }));
  const head = make("p", { className: "cluster m-0" }, status, make("span", { className: "muted", textContent: when(entry.at) }));
  const parts = { sent: proof, refused: complaint }[entry.state] ?? patience;
  return make("li", { className: "outbox-item stack" }, head, make("p", { className: "outbox-title m-0", dir: "auto", textContent: entry.title }), ...parts(entry));
}

const patience = (entry) => [
  make("p", { className: "m-0", textContent: word(`${entry.state}-told`) }),
  make("div", { className: "actions" }, button("send-now", () => sendAll(), "btn btn-primary"), button("edit", () => takeBack(entry))),
];

const complaint = (entry) => [
  make("ul", { className: "m-0" }, ...(entry.sentences.length ? entry.sentences : [word("refused-told")]).map((text) => make("li", { textContent: text }))),
  make("div", { className: "actions" }, button("edit", () => takeBack(entry), "btn btn-primary"), button("delete-report", () => forget(entry))),
];

function proof({ proof: told, ...entry }) {
  const copied = button("copy", async ({ currentTarget }) => { await navigator.clipboard.writeText(told.code); currentTarget.textContent = word("copied"); });
  const days = told.promises.map(({ what, day }) => make("li", {}, make("span", { textContent: `${what}: ` }), make("b", { textContent: day })));
  return [
    make("p", { className: "m-0", textContent: word(told.agency ? "sent-told" : "sent-told-national", { agency: told.agency }) }),
    make("div", { className: "receipt-code" },
      make("span", {}, make("span", { className: "muted d-block", textContent: word("code") }), make("strong", { className: "code", textContent: told.code })),
      make("span", { className: "cluster" }, navigator.clipboard && copied)),
    make("p", { className: "muted m-0", textContent: `${word("number")} ${told.number} · ${told.received}` }),
    days.length > 0 && make("ul", { className: "m-0" }, ...days),
    ...(told.left_out ?? []).map((text) => make("p", { className: "m-0", textContent: text })),
    make("p", { className: "muted m-0", textContent: word("keep-code") }),
    make("div", { className: "actions" },
      make("a", { className: "btn btn-primary", href: `${word("track-address")}#${told.code}`, textContent: word("follow") }),
      button("forget-receipt", () => forget(entry))),
  ];
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  use.setAttribute("href", `${word("icons-address")}#${name}`);
  return svg;
}

async function forget({ key }) {
  await (await store()).delete("outbox", key);
  announce({ outbox: true });
}

// Back into the form, under the same key; a draft that stands there already is set aside, not lost.
async function takeBack({ key, fields, files }) {
  const moved = (await store()).transaction(["drafts", "files", "outbox"], "readwrite");
  const before = await moved.objectStore("drafts").get("report");
  const shelves = moved.objectStore("files");
  if (before) shelves.put((await shelves.get("report")) ?? [], "report/other");
  moved.objectStore("drafts").put({ id: "report", key, fields, at: Date.now(), tab: "outbox", other: before && aside(before), shared: waiting(before) });
  shelves.put(files, "report");
  moved.objectStore("outbox").delete(key);
  await moved.done;
  location.assign(word("form-address"));
}

// On every other page one line tells that something is on its way, or wants to be looked at.
export async function banner() {
  const entries = (await (await store()).getAll("outbox")).filter(({ state }) => state !== "handed");
  const main = document.querySelector("main");
  if (!entries.length || !main || document.querySelector("[data-device-page], [data-outbox]")) return;
  const state = ["refused", "waiting", "sending", "sent"].find((one) => entries.some((entry) => entry.state === one));
  const text = make("span", {}, icon(ICONS[state]), make("span", { textContent: ` ${word("banner")} ${word(state)}. ` }));
  main.prepend(make("p", { className: "outbox-banner wrap", role: "status" }, text, make("a", { href: word("device-address"), textContent: word("look") })));
}
