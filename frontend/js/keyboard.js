// The inbox by keyboard, as in a mail client: j and k walk, Enter opens, x selects, / searches, ? helps.

const writing = (element) => element.closest("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll(".rows .row-item")];

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.hasAttribute("data-current"));
  const next = Math.min(all.length - 1, Math.max(0, here + step));
  all[here]?.removeAttribute("data-current");
  all[next].setAttribute("data-current", "");
  all[next].querySelector("a").focus();
  all[next].scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => walk(1),
  k: () => walk(-1),
  x: () => document.querySelector(".row-item[data-current] .row-check")?.click(),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": () => document.getElementById("keyboard-help")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
