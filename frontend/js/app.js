// The app's small part, on every page: start the service worker, and load device.js (drafts, outbox, push, install hint)
// only where there is something for it to do.

const here = document.currentScript;
let remembered;
try { remembered = window.localStorage; } catch { remembered = null; }   // some browsers forbid it: then we remember nothing

if (remembered && !sessionStorage.getItem("lapor.visit")) {
  sessionStorage.setItem("lapor.visit", "1");
  remembered.setItem("lapor.visits", String(Number(remembered.getItem("lapor.visits")) + 1));
}

let loaded;
function load() {
  if (loaded || !here?.dataset.device) return;
  loaded = document.head.appendChild(Object.assign(document.createElement("script"), { src: here.dataset.device }));
}

// Chrome asks once, early; the hint that uses it comes later, if at all.
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  window.laporInstall = event;
  document.dispatchEvent(new Event("lapor:installable"));
});

const mayHint = remembered && Number(remembered.getItem("lapor.visits")) > 1 && !remembered.getItem("lapor.install");
if (document.querySelector("[data-draft], [data-device-page], [data-receipt], [data-push]") || remembered?.getItem("lapor.box") || mayHint) load();

if ("serviceWorker" in navigator && here?.dataset.worker) {
  // After everything else: what the page itself needs goes first over a slow line.
  window.addEventListener("load", () => navigator.serviceWorker.register(here.dataset.worker, { updateViaCache: "none" }).catch(() => {}));
}
