// "Put LAPOR! on your screen": after the first report or at a second visit, never before filing, and never again once
// it was refused.
import { make, word, button } from "./words.js";

const installed = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
// iOS has no question to ask, only a menu entry to explain; an iPad calls itself a Mac that can be touched.
const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
const remember = (what) => { try { localStorage.setItem("lapor.install", what); } catch { /* asked again */ } };
const refused = () => { try { return localStorage.getItem("lapor.install"); } catch { return "unknown"; } };

export function hint() {
  if (installed() || refused() || document.querySelector("[data-draft=report], [data-no-hint]")) return;
  if (window.laporInstall || (isApple() && "standalone" in navigator)) offer();
  else document.addEventListener("lapor:installable", offer, { once: true });
}

function offer() {
  const ask = window.laporInstall;
  const told = make("p", { className: "m-0", textContent: word(ask ? "install-told" : "install-ios") });
  const box = make("aside", { className: "install-hint wrap", aria: { label: word("install-title") } },
    make("div", { className: "stack" }, make("b", { textContent: word("install-title") }), told),
    make("div", { className: "actions" },
      ask && button("install", async () => { box.remove(); ask.prompt(); remember((await ask.userChoice).outcome); }, "btn btn-primary"),
      button("not-now", () => { remember("no"); box.remove(); })));
  document.querySelector("main")?.append(box);
}
