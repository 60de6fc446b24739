// What is typed into <form data-draft="report"> stays on the device until the server has it: through reloads, lost sessions,
// errors and restarts. The newest keystroke wins; what another tab wrote is set aside and offered, never overwritten.
import { filesOf, fill, textOf, tickedNames, wordsOf } from "./fields.js";
import { announce, onNews, store, uuid, veiled } from "./store.js";
import { button, clock, make, megabytes, when, word } from "./words.js";

const TAB = uuid();
const OLD = 30 * 24 * 3600 * 1000;
const LAST = "lapor.last.";
export const SENT_MARK = "lapor.sent";   // in the tab: tells the text that has its receipt, without its words
const CALM = 400;   // milliseconds without a keystroke before it is written

export async function keepDraft(form) {
  const draft = new Draft(form, await nameOf(form));
  await draft.begin();
  return draft;
}

// A box of the tracking page belongs to one report, whose code must not be told by what is kept here.
async function nameOf(form) {
  const code = form.elements.code?.value;
  return code ? veiled(form.dataset.draft, code) : form.dataset.draft;
}

class Draft {
  constructor(form, id) {
    Object.assign(this, { form, id, before: [], seen: 0, written: "", bound: "bound" in form.dataset });
    this.isReport = form.dataset.draft === "report";
    this.note = make("div", { className: "draft-notes stack", role: "status" });
    this.state = make("span", { className: "muted" });
    this.bar = make("div", { className: "draft-bar spread", hidden: true }, this.state, button("delete", () => this.remove(), "btn btn-quiet"));
    form.prepend(this.note);
    (form.querySelector("[data-draft-place]") ?? form).prepend(this.bar);   // below what is on the screen, it moves nothing
  }

  async begin() {
    const kept = this.forgetful ? this.fromSession() : await this.newest();
    await this.dropSent();
    if (this.bound) await this.takeUp(kept);
    else if (kept) await this.bringBack(kept);
    else this.beginNew();
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", ({ target }) => this.soon(target.type === "file" ? 0 : CALM));   // a photo is not typed twice
    this.form.addEventListener("click", (event) => event.target.closest(".file-remove") && this.soon());
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    window.addEventListener("pagehide", () => this.leave());
    if (this.form.elements.text?.value) this.soon();
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.dropSent());
    onNews((news) => news.draft === this.id && news.tab !== TAB && this.elsewhere(news));
    this.offerForgetting();
  }

  // Going back after filing: the browser restored what was received already. It is no draft.
  async dropSent() {
    const { text } = this.form.elements, mark = sessionStorage.getItem(SENT_MARK);
    if (this.bound || !this.isReport || !mark || !text.value || await veiled(SENT_MARK, text.value) !== mark) return;
    this.form.reset();
    fill(this.form, wordsOf(this.form).filter(([name]) => !name.endsWith("itude")), []);   // hidden fields know no reset
    for (const field of [text, this.form.elements.photos]) field?.dispatchEvent(new Event(field === text ? "input" : "change", { bubbles: true }));
    this.useKey(uuid());
    Object.assign(this, { written: this.shape(), over: false });
    this.bar.hidden = true;
    this.say(word("sent-before"), make("a", { className: "btn", href: word("receipt-address"), textContent: word("receipt") }));
  }

  beginNew() {
    this.useKey(uuid());
    this.written = this.form.elements.text?.value ? "" : this.shape();   // what was typed before we were here is written soon
  }

  fromSession() { return JSON.parse(sessionStorage.getItem(this.id) ?? "null"); }

  // What was typed in the last moment of a page stands in the one store that can be written in that moment.
  async newest() {
    const kept = await (await store()).get("drafts", this.id);
    const last = JSON.parse(localStorage.getItem(LAST + this.id) ?? "null");
    localStorage.removeItem(LAST + this.id);
    if (!last || last.at <= (kept?.at ?? 0)) return kept;
    const newest = { ...kept, ...last };
    await (await store()).put("drafts", newest);
    return newest;
  }

  leave() {
    if (this.touched && !this.over && !this.forgetful && this.shape() !== this.written)
      localStorage.setItem(LAST + this.id, JSON.stringify({ id: this.id, ...this.facts, at: Date.now(), tab: TAB }));
    this.save();
  }

  // The server gave the form back with all that was typed: that is the draft now, and its key is the server's.
  async takeUp(kept) {
    this.key = this.form.elements.key?.value;
    this.seen = kept?.at ?? 0;
    if (kept && !this.forgetful) this.before = (await (await store()).get("files", this.id)) ?? [];
    this.written = this.shape();
    if (kept) this.show(kept.at);
  }

  async bringBack(kept) {
    const typed = this.form.elements.text?.value ?? "";
    const before = textOf(kept.fields);
    this.seen = kept.at;
    this.useKey(kept.key ?? uuid());
    if (this.isReport && typed && typed !== before) this.seen = 0;   // begun anew on the home page, or typed before we were here
    else await this.use(kept);
    this.tell(kept);
    if (kept.other) this.offer(kept.other);
    if (kept.shared?.waits) this.offerShared(kept.shared.text);
  }

  async use(kept, shelf = this.id) {
    const files = this.forgetful ? [] : await (await store()).get("files", shelf);
    const gone = fill(this.form, kept.fields, files ?? []);
    const { title } = this.form.elements;
    if (title && kept.proposed) title.dataset.proposed = ""; else delete title?.dataset.proposed;
    this.written = this.shape();
    gone.forEach((field) => this.say(word("gone", { field })));
    this.form.closest("details")?.setAttribute("open", "");
    this.show(kept.at);
  }

  tell(kept) {
    if (Date.now() - kept.at > OLD) this.say(word("old", { when: when(kept.at) }), button("delete", () => this.remove(), "btn"));
    else if (kept.handed && !this.isReport) this.say(word("handed"));
    else if (!kept.shared && !this.isReport) this.say(word("restored", { when: when(kept.at) }));
    if (kept.shared && !kept.shared.waits) this.say(word("shared"));
    for (const { name, size, large } of kept.shared?.leftOut ?? []) this.say(word(large ? "too-large" : "wrong-kind", { name, size: megabytes(size) }));
  }

  say(text, ...buttons) {
    const line = make("div", { className: "alert alert-info" }, make("div", { className: "alert-text stack" }, make("p", { textContent: text }), make("div", { className: "actions" }, ...buttons)));
    this.note.append(line);
    return line;
  }

  show(at) {
    this.bar.hidden = false;
    this.state.textContent = word(Date.now() - at > 12 * 3600 * 1000 ? "saved-on" : "saved", { time: clock(at), when: when(at) });
  }

  useKey(key) {
    this.key = key;
    if (this.form.elements.key && !this.bound) this.form.elements.key.value = key;
  }

  // A title that was proposed goes on following the text when the draft comes back.
  get facts() { return { key: this.key, fields: wordsOf(this.form), proposed: this.form.elements.title?.dataset.proposed !== undefined }; }

  // What the server gave back is ticked or not; what was chosen since stands in the chooser.
  get files() {
    const ticked = tickedNames(this.form);
    return [...this.before.filter(({ name }) => ticked.includes(name)), ...filesOf(this.form)];
  }

  shape = () => JSON.stringify([wordsOf(this.form), this.files.map(({ name, size }) => [name, size])]);

  soon(calm = CALM) {
    this.touched = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), calm);
  }

  async save() {
    clearTimeout(this.waiting);
    const shape = this.shape();
    if (!this.touched || shape === this.written || this.over) return;   // a title that was proposed is no keystroke
    Object.assign(this, { written: shape, touched: false });
    const at = Date.now(), { facts, files } = this;
    try {
      if (this.forgetful) sessionStorage.setItem(this.id, JSON.stringify({ ...facts, at }));
      else await this.write({ id: this.id, ...facts, at, tab: TAB }, files);
      this.show(at);
    } catch {
      Object.assign(this, { written: "", touched: true });
      this.bar.hidden = false;
      this.state.textContent = word("full");   // no room left, or a browser that keeps nothing
    }
  }

  async write(draft, files) {
    const moved = (await store()).transaction(["drafts", "files"], "readwrite");
    const drafts = moved.objectStore("drafts");
    const before = await drafts.get(this.id);
    const foreign = before && before.tab !== TAB && before.at > this.seen;
    const other = foreign ? aside(before) : before?.other;
    drafts.put({ ...draft, other, shared: waiting(before) });
    const shelves = moved.objectStore("files");
    if (foreign) shelves.put((await shelves.get(this.id)) ?? [], `${this.id}/other`);
    shelves.put(files, this.id);
    await moved.done;
    this.seen = draft.at;
    if (foreign) this.offer(other);
    announce({ draft: this.id, at: draft.at, tab: TAB });
  }

  // Another tab has written since: say so, keep what stands here, and let the person choose.
  elsewhere(news) {
    if (news.gone || news.at <= this.seen || this.told) return;
    this.told = this.say(word("other-tab"), button("use-other", async () => {
      this.told.remove();
      this.told = null;
      const kept = await (await store()).get("drafts", this.id);
      this.seen = kept.at;
      await this.use(kept);
    }));
  }

  offer(other) {
    this.offered?.remove();
    const text = textOf(other.fields);
    this.offered = this.say(word("other-kept", { when: when(other.at), text: text.slice(0, 80) }),
      button("use-other", async () => { this.offered.remove(); await this.use(other, `${this.id}/other`); await this.dropOther(); await this.again(); }),
      button("delete-other", async () => { this.offered.remove(); await this.dropOther(); }));
  }

  // From another app, or from any site: only the person who writes can say that it belongs here.
  offerShared(text) {
    const line = this.say(word("shared-waits", { text: text.slice(0, 80) }),
      button("shared-add", async () => { line.remove(); await this.addShared(); }),
      button("shared-delete", async () => { line.remove(); await this.dropShared(); }));
  }

  async addShared() {
    const { text, files } = await this.dropShared();
    const field = this.form.elements.text;
    fill(this.form, [...wordsOf(this.form).filter(([name]) => name !== "text"), ["text", [field.value, text].filter(Boolean).join("\n\n")]], [...filesOf(this.form), ...files]);
    await this.again();
    field.focus();
  }

  async dropShared() {
    const moved = (await store()).transaction(["drafts", "files"], "readwrite");
    const draft = await moved.objectStore("drafts").get(this.id), files = await moved.objectStore("files").get(`${this.id}/shared`);
    if (draft) moved.objectStore("drafts").put({ ...draft, shared: undefined });
    moved.objectStore("files").delete(`${this.id}/shared`);
    await moved.done;
    return { text: draft?.shared?.text, files: files ?? [] };
  }

  async dropOther() {
    const moved = (await store()).transaction(["drafts", "files"], "readwrite");
    const draft = await moved.objectStore("drafts").get(this.id);
    if (draft) moved.objectStore("drafts").put({ ...draft, other: undefined });
    moved.objectStore("files").delete(`${this.id}/other`);
    await moved.done;
  }

  async remove() {
    await this.wipe();
    this.form.reset();
    fill(this.form, [], []);
    this.note.replaceChildren();
    this.useKey(uuid());
    this.over = false;
    this.written = this.shape();
    this.say(word("deleted"));
    this.form.querySelector("textarea")?.focus();
  }

  async wipe() {
    this.over = true;
    clearTimeout(this.waiting);
    sessionStorage.removeItem(this.id);
    await wipe(this.id);
    this.bar.hidden = true;
  }

  // It lies in the outbox now.
  async handed(entry) {
    this.over = true;
    clearTimeout(this.waiting);
    this.bar.hidden = true;
    await sent(this.id, entry);
  }

  // Secret and anonymous reports: say where the draft is, and let it be forgotten with the tab.
  offerForgetting() {
    if (!this.isReport) return;
    const tick = make("input", { type: "checkbox", className: "form-check-input", checked: this.forgetful });
    const line = make("div", { className: "draft-private stack", hidden: true },
      make("p", { className: "m-0", textContent: word("private") }),
      make("label", { className: "choice choice-plain" }, tick, make("span", { textContent: word("forget") })));
    tick.addEventListener("change", () => this.setForgetful(tick.checked));
    this.form.querySelector("[data-private-place]").append(line);
    const look = () => { line.hidden = !(this.form.elements.secret?.checked || this.form.elements.anonymous?.checked); };
    this.form.addEventListener("change", look);
    look();
  }

  get forgetful() { return this.isReport && sessionStorage.getItem("lapor.forget") === "1"; }

  async setForgetful(on) {
    if (on) sessionStorage.setItem("lapor.forget", "1"); else sessionStorage.removeItem("lapor.forget");
    if (on) await wipe(this.id); else sessionStorage.removeItem(this.id);
    await this.again();
  }

  async again() {
    Object.assign(this, { written: "", touched: true });
    await this.save();
  }

  // On its way to the server, which has not answered yet.
  async handOver() {
    await this.save();
    if (this.forgetful) return;
    const moved = (await store()).transaction("drafts", "readwrite");
    const draft = await moved.store.get(this.id);
    if (draft) moved.store.put({ ...draft, handed: true });
    await moved.done;
  }
}

export const aside = ({ key, fields, at, proposed }) => ({ key, fields, at, proposed });
export const waiting = (draft) => (draft?.shared?.waits ? draft.shared : undefined);

// These words are in safe hands under this key. Other words, of another tab or written since, are another report: they
// stay, come to the front, and get a key of their own when they are opened.
export async function sent(id, { key, words }) {
  const isSent = (one) => one?.key === key && JSON.stringify(one.fields) === words;
  if (isSent(JSON.parse(localStorage.getItem(LAST + id) ?? "null"))) localStorage.removeItem(LAST + id);
  const draft = await (await store()).get("drafts", id);
  if (!draft) return;
  if (isSent(draft) && (!draft.other || isSent(draft.other))) return wipe(id);
  const moved = (await store()).transaction(["drafts", "files"], "readwrite");
  const drafts = moved.objectStore("drafts"), shelves = moved.objectStore("files");
  if (isSent(draft)) shelves.put((await shelves.get(`${id}/other`)) ?? [], id);
  if (isSent(draft) || isSent(draft.other)) shelves.delete(`${id}/other`);
  const left = isSent(draft) ? { ...draft.other, id, tab: "aside", shared: waiting(draft) } : { ...draft, other: isSent(draft.other) ? undefined : draft.other };
  drafts.put({ ...left, key: left.key === key ? undefined : left.key });
  await moved.done;
  announce({ draft: id, tab: TAB, gone: true });
}

export async function wipe(id) {
  localStorage.removeItem(LAST + id);
  const moved = (await store()).transaction(["drafts", "files"], "readwrite");
  moved.objectStore("drafts").delete(id);
  [id, `${id}/other`, `${id}/shared`].forEach((shelf) => moved.objectStore("files").delete(shelf));
  await moved.done;
  announce({ draft: id, tab: TAB, gone: true });
}

// What was said in the boxes of a tracking page reached the server: it said so at the top of the next page.
export async function wipeHanded(except) {
  const db = await store();
  for (const draft of await db.getAll("drafts")) if (draft.handed && draft.id !== "report" && !except.includes(draft.id)) await wipe(draft.id);
}
