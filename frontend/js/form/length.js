// A text beyond what any form may carry is told here, where all of it still is: the server would have to cut it.

const MOST = 1024 * 1024;   // bytes; the server stops reading at twice as much

export function keepShort(form) {
  const { text } = form.elements;
  const note = Object.assign(document.createElement("p"), { className: "field-error", hidden: true });
  note.setAttribute("role", "alert");
  text.before(note);
  form.addEventListener("submit", (event) => {
    const isTooLong = new Blob([text.value]).size > MOST;
    note.hidden = !isTooLong;
    note.textContent = isTooLong ? form.dataset.tooLong : "";
    if (!isTooLong) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    text.focus();
  });
  text.addEventListener("input", () => { note.hidden = true; });
}
