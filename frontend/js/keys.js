// Whether single keys (j, k, x, ...) act on this device. Who speaks to the computer, or whose hand slips, switches them
// off in the help on the keyboard (WCAG 2.1.4); keys with Ctrl and Escape go on working.

const NAME = "lapor.keys";

export function keysAreOn() {
  try { return localStorage.getItem(NAME) !== "off"; } catch { return true; }
}

function keep(on) {
  try { on ? localStorage.removeItem(NAME) : localStorage.setItem(NAME, "off"); } catch { /* only until the page is left */ }
}

// Without this script there are no keys: the ways to the help on them appear with it.
export function offerSwitch() {
  for (const way of document.querySelectorAll("[data-with-keys]")) way.hidden = false;
  const box = document.querySelector("[data-keys]");
  if (!box) return;
  box.checked = keysAreOn();
  box.addEventListener("change", () => keep(box.checked));
}
