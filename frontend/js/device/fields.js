// Out of a form and back into it: what a person typed, ticked and chose; never tokens, codes or what the server wrote.

// What is the page's own, or the server's; the rest a person wrote, ticked or chose.
const OWN = ["csrfmiddlewaretoken", "code", "version", "key", "kept", "not_uploaded", "consent", "begin", "inside"];
const isOurs = (name) => name && !OWN.includes(name);

export const wordsOf = (form) => [...new FormData(form)].filter(([name, value]) => isOurs(name) && typeof value === "string" && value !== "");

// What goes to the server: the words, what was agreed to, and the files twice: `files` as they are, which never grows
// stale, and `quick`, what the form itself would send (for a day the server knows the ones that are up already).
export function parcel(form) {
  const all = new FormData(form);
  const fields = [...wordsOf(form), ...all.getAll("consent").map((version) => ["consent", version])];
  return { fields, files: filesOf(form), quick: { kept: all.getAll("kept"), photos: all.getAll("photos").filter((file) => file.size > 0) } };
}

const chooser = (form) => form.querySelector("input[type=file][name=photos]");

export const filesOf = (form) => [...(chooser(form)?.files ?? [])];

// The names of the files that the server gave back with a refused form, as far as they are still ticked.
export const tickedNames = (form) => [...form.querySelectorAll("input[name=kept]:checked")].map((tick) => tick.closest("li")?.querySelector(".file-name")?.textContent);

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

export const textOf = (fields) => fields.find(([name]) => name === "text")?.[1] ?? "";
