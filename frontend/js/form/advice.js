// Asks for advice when somebody pauses, never at every key. The server's fragments take their places by themselves.

const PAUSE = 700;   // milliseconds
const READ = ["kind", "text", "happened_on", "where", "place_note", "agency", "category", "anonymous", "secret"];

export function advise(form) {
  const coach = form.querySelector("[data-coach]");
  let waiting, last = "";
  const words = () => READ.map((name) => [...new FormData(form).getAll(name)].join()).join("\n");
  const soon = ({ target }) => {
    if (!READ.includes(target.name) && target !== form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (words() === last) return;
      last = words();
      coach.dispatchEvent(new CustomEvent("advise"));
    }, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  if (form.elements.text.value) soon({ target: form });
  const title = form.querySelector("#coach-title");
  const propose = () => proposeTitle(form, title.textContent.trim());
  if (form.elements.title.value) propose();
  new MutationObserver(propose).observe(title, { childList: true });
  document.addEventListener("htmx:oobBeforeSwap", ({ target, detail }) => {
    if (form.contains(target) && said(target) === said(detail.fragment)) detail.shouldSwap = false;
  });
  form.addEventListener("click", choose);
  form.elements.title.addEventListener("input", (event) => { if (event.isTrusted) delete event.target.dataset.proposed; });
}

// What says the same stays as it is: it is not read out again, and a box that was opened stays open.
const said = (node) => node.textContent.replace(/\s+/g, " ").trim();

// The title follows the text until somebody writes one.
function proposeTitle(form, title) {
  const field = form.elements.title;
  if (field.value && field.value === title) field.dataset.proposed = "";   // it came back with a draft, or from the server
  if ((field.value && !("proposed" in field.dataset)) || field === document.activeElement) return;
  field.value = title;
  field.dataset.proposed = "";
  form.dispatchEvent(new Event("title:proposed"));
}

function choose({ target }) {
  const chip = target.closest("[data-choose]");
  if (!chip) return;
  const field = document.getElementById(chip.dataset.choose);
  field.value = chip.dataset.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
}
