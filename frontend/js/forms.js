// Forms: no double sending, a count of what may still be written, focus on what went wrong, the stopwatch.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") return event.preventDefault();
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// <form data-send-keys>: Ctrl+Enter sends it from any of its fields.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form[data-send-keys]");
  if (form) { event.preventDefault(); form.requestSubmit(); }
});

// The page may come back from the browser's cache: its forms must work again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }
});

// <p data-count-for="id_text" data-max="2000" data-left="{n} characters left" data-over="{n} characters too many"></p>
// Silent until three quarters are written. No `maxlength` on the input: a browser would cut a pasted text short.
function countLeft(note) {
  const input = document.getElementById(note.dataset.countFor);
  const max = Number(note.dataset.max);
  if (!input || !max) return;
  const show = () => {
    const left = max - input.value.length;
    const words = left < 0 ? note.dataset.over : note.dataset.left;
    note.textContent = left < max / 4 ? words.replace("{n}", String(Math.abs(left))) : "";
    note.classList.toggle("field-over", left < 0);
  };
  input.addEventListener("input", show);
  show();
}

// <output data-stopwatch data-limit="900" data-started="2026-11-23T10:15:00+08:00">: counts up in M:SS, says when the limit is passed.
function runStopwatch(watch) {
  const started = watch.dataset.started ? Date.parse(watch.dataset.started) : Date.now();
  const limit = Number(watch.dataset.limit);
  const face = watch.querySelector("[data-face]") ?? watch;
  const tick = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - started) / 1000));
    face.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    watch.classList.toggle("stopwatch-over", limit > 0 && seconds > limit);
  };
  tick();
  setInterval(tick, 1000);
}

export function enhance(root) {
  root.querySelectorAll("[data-count-for]").forEach(countLeft);
  root.querySelectorAll("[data-stopwatch]").forEach(runStopwatch);
  root.querySelector(".error-summary")?.focus();
}
