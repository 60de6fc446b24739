// Each folded part says in its line what it holds, as the server does (portal/sections.py), and a part that holds
// something nobody typed just now (a draft, what the browser kept) opens by itself.

const told = (day, how) => new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "id", { timeZone: "UTC", ...how }).format(day);

export function tellParts(form) {
  const parts = [...form.querySelectorAll("[data-part]")].map((box) => ({ box, line: box.querySelector("[data-said]") }));
  const tell = () => {
    for (const { box, line } of parts) {
      const said = held(box, form).join(" · ");
      const words = said || line.dataset.empty;
      if (line.textContent !== words) line.textContent = words;   // at the start nothing is to be drawn anew
      line.classList.toggle("part-empty", !said);
    }
    const { anonymous, secret } = form.elements;
    form.classList.toggle("is-private", anonymous.checked || secret.checked);
    form.classList.toggle("is-secret", secret.checked);
  };
  const open = () => parts.forEach(({ box }) => { box.open ||= [...box.querySelectorAll("[name]")].some(isFilled); });
  const all = ({ target }) => { tell(); if (target === form) open(); };   // the form itself: a draft came back into it

  form.addEventListener("input", tell);
  form.addEventListener("change", all);
  form.addEventListener("files:shown", tell, true);   // capturing: this event does not bubble
  form.addEventListener("title:proposed", tell);
  form.addEventListener("click", reveal);
  tell();
  open();
}

// Where an older browser does not open what an address points into.
function reveal({ target }) {
  const link = target.closest(".error-summary a[href^='#']");
  const part = link && document.getElementById(link.hash.slice(1))?.closest("details");
  if (part) part.open = true;
}

// Another value than the page came with; a title that was proposed is told in the line, that is enough.
function isFilled(field) {
  if (field.type === "file") return field.files.length > 0;
  if (field.type === "checkbox" || field.type === "radio") return field.checked && !field.defaultChecked;
  if (field.tagName === "SELECT") return field.value !== "" && !field.selectedOptions[0].defaultSelected;
  return field.name !== "title" && field.value !== "" && field.value !== field.defaultValue;
}

function held(box, form) {
  const fields = [...box.querySelectorAll("[name]")];
  const files = fields.reduce((sum, field) => sum + (field.name === "kept" ? Number(field.checked) : field.files?.length ?? 0), 0);
  return [...fields.map(words), files && form.dataset.filesSaid.replace("{n}", files)].filter(Boolean);
}

function words(field) {
  if (field.type === "file" || field.name === "kept" || !field.value) return "";
  if (field.type === "checkbox") return field.checked ? field.labels[0]?.querySelector("b")?.textContent : "";
  if (field.type === "radio") return field.checked ? shortly(field.labels[0]) : "";
  if (field.type === "hidden") return field.dataset.told ?? "";
  if (field.type === "date") return longDay(new Date(field.value));
  if (field.tagName === "SELECT") return shortly(field.selectedOptions[0]);
  return field.value;
}

const longDay = (day) => `${told(day, { weekday: "long" })}, ${told(day, { day: "numeric", month: "long", year: "numeric" })}`;

// A choice's name, up to where it begins to explain itself.
const shortly = (choice) => choice.textContent.trim().split(":")[0];
