// Each file goes up by itself as soon as it is chosen, in small parts that go on where a lost connection stopped them.
// The files stay in the input too: the draft keeps them, and what is not up yet when the form goes is sent with it.
import { smaller } from "./smaller.js";

const PART = 256 * 1024;
const PAUSES = [1, 2, 4, 8, 15, 30];   // seconds between tries without a connection
const all = new Map();                 // file -> how far it is
let queue = Promise.resolve();

export function sendFiles(form) {
  const zone = form.querySelector("[data-upload]");
  if (!zone || !window.DataTransfer) return;
  zone.addEventListener("files:shown", ({ detail }) => {
    for (const { file, item } of detail) paint(zone, Object.assign(all.get(file) ?? begin(zone, form, file), { item }));
    for (const [file, one] of all) if (!detail.some((shown) => shown.file === file)) { one.stop.abort(); all.delete(file); }
  });
  form.addEventListener("formdata", ({ formData }) => exchange(formData));
  const camera = zone.querySelector("[data-camera]"), input = zone.querySelector("input[type=file]");
  camera.hidden = !matchMedia("(pointer: coarse)").matches;
  camera.addEventListener("click", () => { input.setAttribute("capture", "environment"); input.click(); input.removeAttribute("capture"); });
}

function begin(zone, form, file) {
  const one = { file, zone, form, state: "queued", sent: 0, token: "", stop: new AbortController() };
  all.set(file, one);
  if (file.type.startsWith("video/")) Object.assign(one, { state: "refused", why: zone.dataset.video });
  else if (file.size > Number(zone.dataset.maxBytes)) Object.assign(one, { state: "refused", why: zone.dataset.tooLarge });
  else queue = queue.then(() => send(one));
  return one;
}

// When the form goes: tokens for what is up, the files for what is not, and the names of what will not go.
function exchange(formData) {
  const files = formData.getAll("photos");
  formData.delete("photos");
  for (const file of files) {
    const one = [...all.values()].find(({ file: own }) => own.name === file.name && own.size === file.size && own.lastModified === file.lastModified);
    if (one?.kept) formData.append("kept", one.kept);
    else if (one && ["refused", "failed"].includes(one.state)) formData.append("not_uploaded", file.name);
    else formData.append("photos", one?.body ?? file, file.name);
  }
}

async function send(one) {
  if (one.stop.signal.aborted || one.state === "refused") return;
  one.body ??= await smaller(one.file);
  show(one, "going");
  for (let tries = 0; !one.kept && one.state === "going";) {
    try {
      const moved = await sendPart(one);
      if (moved) tries = 0; else if (++tries > 3) show(one, "failed");
    } catch {
      if (one.stop.signal.aborted) return;
      if (tries >= PAUSES.length) return show(one, "failed");
      show(one, "waiting");
      await connection(PAUSES[tries++]);
      show(one, "going");
    }
  }
}

// Sends one part; answers whether the file came on.
async function sendPart(one) {
  const body = new FormData();
  const facts = { csrfmiddlewaretoken: one.form.elements.csrfmiddlewaretoken.value, token: one.token, name: one.file.name, size: one.body.size, offset: one.sent };
  for (const [name, value] of Object.entries(facts)) body.append(name, value);
  body.append("part", one.body.slice(one.sent, one.sent + PART));
  const answer = await fetch(one.zone.dataset.upload, { method: "POST", body, signal: one.stop.signal });
  if (answer.status >= 500 && answer.status !== 507) throw new Error(answer.status);
  if (answer.status === 403) return freshToken(one);
  const told = await answer.json();
  if (answer.status === 404) return restart(one);
  if (told.error) return refuse(one, told.error);
  if (told.kept) { one.kept = told.kept; show(one, "done"); return true; }
  const before = one.sent;
  Object.assign(one, { sent: told.received, token: told.token ?? one.token });
  show(one, "going");
  return one.sent !== before;
}

async function freshToken(one) {
  const answer = await fetch(one.zone.dataset.token, { signal: one.stop.signal });
  one.form.elements.csrfmiddlewaretoken.value = (await answer.json()).token;
  return false;
}

function restart(one) {
  Object.assign(one, { sent: 0, token: "" });
  return false;
}

function refuse(one, why) {
  one.why = why;
  show(one, "refused");
  return false;
}

function connection(seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

function show(one, state) {
  one.state = state;
  paint(one.zone, one);
}

function paint(zone, one) {
  const { item, state } = one;
  if (!item) return;
  const note = item.querySelector(".file-note"), share = Math.floor((100 * one.sent) / (one.body?.size || 1));
  one.plain ??= note.textContent;
  const word = { queued: "", going: ` · ${zone.dataset.going} ${share} %`, done: ` · ${zone.dataset.done}`, waiting: ` · ${zone.dataset.waiting}`, failed: ` · ${zone.dataset.failed}`, refused: `: ${one.why}` }[state];
  note.textContent = one.plain + word;
  item.classList.toggle("file-wrong", state === "refused" || state === "failed");
  item.classList.toggle("file-done", state === "done");
  bar(item, state, share);
  again(zone, one);
  if (["done", "failed", "refused"].includes(state)) zone.querySelector("[data-said]").textContent = `${one.file.name}${word}`;
}

function bar(item, state, share) {
  let progress = item.querySelector("progress");
  if (!progress) {
    progress = Object.assign(document.createElement("progress"), { className: "file-progress", max: 100 });
    progress.setAttribute("aria-hidden", "true");   // the words beside it say the same
    item.append(progress);
  }
  progress.value = state === "done" ? 100 : share;
  progress.hidden = ["refused", "failed"].includes(state);
}

function again(zone, one) {
  const old = one.item.querySelector("[data-again]");
  if (one.state !== "failed") return old?.remove();
  if (old) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm file-again", textContent: zone.dataset.retry });
  button.dataset.again = "";
  button.addEventListener("click", () => { show(one, "queued"); queue = queue.then(() => send(one)); });
  one.item.append(button);
}
