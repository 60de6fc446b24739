"""What the journeys of the app share: words of the pages, a photo, and looks into what a browser keeps."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

TEXT = "Lampu jalan di depan sekolah padam sejak dua minggu. Anak-anak takut lewat."
WORDS = "Apa yang terjadi, atau apa harapan Anda?"
SEND = "Kirim laporan"
KEPT = "Tersimpan di perangkat ini"


def photo(name: str = "lampu.jpg") -> Any:
    """Return a photo as the browser's file chooser would."""
    content = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


def until(tab: Page, is_so: str) -> None:
    """Wait until a function of the page answers yes; Playwright's own way needs `eval`, which the policy forbids."""
    for _ in range(100):
        if tab.evaluate(is_so):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never true: {is_so[:200]}")


def unfold(page: Page, *parts: str) -> None:
    """Open parts of the form as a person does: by pressing their lines."""
    for part in parts:
        page.locator(f"[data-part={part}] > summary").click()
        expect(page.locator(f"[data-part={part}]")).to_have_attribute("open", "")


def begin(tab: Page, text: str = TEXT) -> None:
    """Open the form and write."""
    tab.goto("/lapor/")
    tab.get_by_label(WORDS).fill(text)
    expect(tab.get_by_text(KEPT)).to_be_visible()


ARRIVES = """async () => {
  const body = new FormData(document.querySelector("form[data-draft=report]"));
  await fetch("/lapor/", { method: "POST", body, redirect: "manual" });
}"""
AGED = """async () => {
  const db = await new Promise((done) => { indexedDB.open("lapor").onsuccess = (event) => done(event.target.result); });
  const store = db.transaction("drafts", "readwrite").objectStore("drafts");
  await new Promise((done) => { store.get("report").onsuccess = ({ target }) => {
    store.put({ ...target.result, at: Date.now() - 31 * 24 * 3600 * 1000 }).onsuccess = done; }; });
  db.close();
}"""
WHOLE_STORE = """async () => {
  const db = await new Promise((done) => { indexedDB.open("lapor").onsuccess = (event) => done(event.target.result); });
  const read = (name, how) => new Promise((done) => {
    db.transaction(name).objectStore(name)[how]().onsuccess = ({ target }) => done(target.result); });
  const all = [];
  for (const name of db.objectStoreNames) all.push(name, await read(name, "getAllKeys"), await read(name, "getAll"));
  db.close();
  return JSON.stringify(all) + JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
}"""
KEPT_HERE = """async () => {
  const db = await new Promise((done) => { indexedDB.open("lapor").onsuccess = (event) => done(event.target.result); });
  const read = (name) => new Promise((done) => {
    db.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) => done(target.result); });
  const found = [...await read("drafts"), ...await read("outbox"), ...await read("files")];
  db.close();
  return found;
}"""
CACHED = """async () => {
  const names = [];
  for (const cache of await caches.keys())
    for (const { url } of await (await caches.open(cache)).keys()) names.push(new URL(url).pathname);
  return names;
}"""
CACHED_TEXT = """async () => {
  let text = "";
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      if (/text|html|language/.test(answer.headers.get("Content-Type") ?? "")) text += await answer.text();
    }
  }
  return text;
}"""
SHARE = """([text, files]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/lapor/bagikan/", enctype: "multipart/form-data" });
  form.append(Object.assign(document.createElement("input"), { name: "text", value: text }));
  const chooser = Object.assign(document.createElement("input"), { type: "file", name: "photos", multiple: true });
  const transfer = new DataTransfer();
  for (const [name, type, size] of files) transfer.items.add(new File([new Uint8Array(size)], name, { type }));
  chooser.files = transfer.files;
  form.append(chooser);
  document.body.append(form);
  form.submit();
}"""
MAY_INSTALL = """() => window.dispatchEvent(Object.assign(new Event("beforeinstallprompt"), {
  prompt() {}, userChoice: Promise.resolve({ outcome: "dismissed" }) }))"""
