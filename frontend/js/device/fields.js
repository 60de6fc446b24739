// Out of a form and back into it: what a person typed, ticked and chose; never tokens, codes or what the server wrote.

const OWN = ["csrfmiddlewaretoken", "code", "version", "key", "kept", "begin"];
const isOurs = (name) => name && !OWN.includes(name) && !/token|upload/i.test(name);

export const wordsOf = (form) => [...new FormData(form)].filter(([name, value]) => isOurs(name) && typeof value === "string" && value !== "");

const chooser = (form) => form.querySelector("input[type=file][name=photos]");

export const filesOf = (form) => [...(chooser(form)?.files ?? [])];

// Put it back; answers the labels of choices that no longer exist.
export function fill(form, fields, files) {
  const gone = [];
  for (const name of new Set([...form.elements].map((field) => field.name).filter(isOurs))) {
    const values = fields.filter(([of]) => of === name).map(([, value]) => value);
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) put(field, values, gone);
  }
  putFiles(form, files);
  form.dispatchEvent(new Event("change", { bubbles: true }));
  return gone;
}

function put(field, values, gone) {
  if (field.type === "file" || field.type === "submit" || field.tagName === "BUTTON") return;
  if (field.type === "checkbox" || field.type === "radio") {
    if (values.length || field.type === "checkbox") field.checked = values.includes(field.value);
    return;
  }
  const value = values[0] ?? "";
  if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) gone.push(labelOf(field));
  else if (field.value === value) return;
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const labelOf = (field) => (field.labels?.[0]?.firstChild?.textContent ?? field.name).trim();

// Files cannot be put into a chooser by name, only as they are; files.js then shows them.
function putFiles(form, files) {
  const input = chooser(form);
  if (!input || !window.DataTransfer || !files.length) return;
  const transfer = new DataTransfer();
  files.forEach((file) => transfer.items.add(file));
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
