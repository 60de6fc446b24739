// The inbox by keyboard, as in a mail client: j and k walk, Enter opens, x chooses, n takes the next one, / searches, ? helps.
// Nothing here can be done by keys alone: each key presses something that is on the page.
import { keysAreOn, offerSwitch } from "./keys.js";

// Until the next picture is drawn, the focus is still within a dialog that was just closed.
const writing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]");
const rows = () => [...document.querySelectorAll(".rows .row-item")];

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.hasAttribute("data-current"));
  stand(all[Math.min(all.length - 1, Math.max(0, here + step))]);
}

function stand(row) {
  document.querySelector(".row-item[data-current]")?.removeAttribute("data-current");
  row.setAttribute("data-current", "");
  row.querySelector("a").focus();
  row.scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => walk(1),
  k: () => walk(-1),
  x: () => document.querySelector(".row-item[data-current] .row-check")?.click(),
  n: () => document.querySelector("[data-next] button")?.click(),
  f: () => document.querySelector("[data-filter]")?.click(),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": () => document.getElementById("keyboard-help")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || writing(event.target) || !keysAreOn()) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Who walks by Tab or by mouse stands there too, so that x chooses the row they are at.
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.(".rows .row-item");
  if (!row || row.hasAttribute("data-current")) return;
  document.querySelector(".row-item[data-current]")?.removeAttribute("data-current");
  row.setAttribute("data-current", "");
});

offerSwitch();
