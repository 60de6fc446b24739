// <select data-search>: a field above it that leaves only the options with every word typed; without it, a plain select.

function words(text) {
  return text.toLowerCase().normalize("NFKD").split(/\s+/).filter(Boolean);
}

function searchable(select) {
  const field = Object.assign(document.createElement("input"), { type: "search", className: "form-control mb-2", autocomplete: "off" });
  field.setAttribute("aria-label", select.labels[0]?.textContent.trim() ?? "");
  field.setAttribute("aria-controls", select.id);
  field.placeholder = select.dataset.search;
  const options = [...select.querySelectorAll("option")];
  const show = () => {
    const wanted = words(field.value);
    for (const option of options) {
      const text = `${option.textContent} ${option.dataset.words ?? ""}`.toLowerCase();
      option.hidden = option.disabled = option.value !== "" && !wanted.every((word) => text.includes(word));
    }
    select.size = field.value ? Math.min(8, Math.max(2, options.filter((option) => !option.hidden).length)) : 0;
    const shown = options.filter((option) => option.value && !option.hidden);
    if (field.value && shown.length === 1) shown[0].selected = true;
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    const first = options.find((option) => option.value && !option.hidden);
    if (first) first.selected = true;
    select.focus();
  });
  select.addEventListener("change", () => { select.size = 0; });
  select.before(field);
  if (select.autofocus) field.focus();
}

export function enhance(root) {
  for (const select of root.querySelectorAll("select[data-search]:not([data-ready])")) {
    select.dataset.ready = "";
    if (select.options.length > 8) searchable(select);
  }
}
