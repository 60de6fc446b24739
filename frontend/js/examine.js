// The verification screen by keyboard: single keys outside fields, Ctrl+Enter everywhere. Each presses what stands on the page,
// so that without this script the same buttons do the same work.
import { keysAreOn } from "./keys.js";

const form = document.querySelector("[data-exam]");
const writing = (element) => element.closest("textarea, select, [contenteditable]") ||
  element.matches("input:not([type=radio], [type=checkbox], [type=file])");
const one = (selector) => document.querySelector(selector);

function show(element) {
  if (!element) return;
  element.closest("details")?.setAttribute("open", "");
  element.focus();
  element.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

const tick = (name) => one(`[name="check-${name}"]`)?.click();
const tickAll = () => ["relevant", "complete", "clear"].forEach((name) => {
  const box = one(`[name="check-${name}"]`);
  if (box) box.checked = true;
});

// A select with a search field before it (search.js) is entered through that field.
const control = (id) => document.querySelector(`[aria-controls="${id}"]`) ?? document.getElementById(id);

function decide(action, field) {
  const radio = one(`[name=outcome][value="${action}"]`);
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  show(field ? control(field) : one(`.only-${action} input:checked, .only-${action} input, .only-${action} textarea`));
}

const keys = {
  "1": () => tick("relevant"), "2": () => tick("complete"), "3": () => tick("clear"), "0": tickAll,
  t: () => show(one("#id_title")), e: () => show(one("#id_text")),
  s: () => one("[data-key=s]")?.click(), n: () => one("[data-key=n]")?.click(),
  c: () => show(control("id_about-category")), l: () => show(one("#id_about-place")),
  d: () => decide("dispose"), u: () => decide("dispose", "id_dispose-to"), h: () => decide("handle_here", "id_handle_here-text"),
  q: () => decide("ask", "id_ask-question"), b: () => decide("return", "id_return-competent_body"), r: () => decide("archive"),
};

document.addEventListener("keydown", (event) => {
  if (!form || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return form.querySelector("[data-send]")?.click();
  }
  if (event.key === "Escape" && writing(event.target)) return event.target.blur();
  if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

// Buttons that put something into a field do so here; without this script the server does.
form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-set], [data-fill]");
  if (!button) return;
  event.preventDefault();
  const field = button.dataset.set ? document.getElementById(button.dataset.set) : form.elements[button.dataset.fill];
  field.value = button.dataset.value ?? button.dataset.text;
  field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  const reason = button.value.startsWith("archive-") && one(`[name="archive-reason"][value="${button.value.slice(8)}"]`);
  if (reason) reason.checked = true;
  show(control(field.id));
});

// A reason to archive brings its first words, as long as nobody wrote others.
form?.addEventListener("change", (event) => {
  if (event.target.name !== "archive-reason") return;
  const words = form.elements["archive-text"];
  const ready = [...form.querySelectorAll("[data-fill=archive-text]")];
  const first = ready.find((button) => button.value === `archive-${event.target.value}`);
  if (!first || (words.value && !ready.some((button) => button.dataset.text === words.value))) return;
  words.value = first.dataset.text;
  words.dispatchEvent(new Event("input", { bubbles: true }));
});

// What the reporter will read, while it is written.
document.addEventListener("input", (event) => {
  document.querySelectorAll(`[data-mirror="${CSS.escape(event.target.id)}"]`).forEach((mirror) => { mirror.textContent = event.target.value; });
});
