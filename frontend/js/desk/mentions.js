// "@" in a note: the colleagues of the list below it are offered while a name is typed. Choosing one writes the name and
// ticks it below; without this file both are done by hand. Nobody is offered whom the page does not name already.

const MOST = 8;
const open = { field: null, list: null, at: 0, found: [] };
const plain = (text) => text.normalize("NFKD").toLowerCase();

function colleagues(field) {
  const boxes = field.form.querySelectorAll(`input[type=checkbox][name="${field.dataset.mentions}"]`);
  return [...boxes].map((box) => {
    const words = box.closest("label")?.textContent ?? box.labels[0]?.textContent ?? "";
    return { box, words: words.trim(), name: words.trim().split(" · ")[0] };
  });
}

// What stands between the last "@" of a word's beginning and the caret; null where nobody is being named.
function typed(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = /(?:^|[\s(])@([^\n@]{0,40})$/u.exec(before);
  return found ? { at: before.length - found[1].length, words: plain(found[1]) } : null;
}

function fits(one, wanted) {
  const name = plain(one.name);
  return name !== wanted.trimEnd() && (name.startsWith(wanted) || name.split(" ").some((word) => wanted && word.startsWith(wanted)));
}

function close() {
  if (!open.field) return;
  open.field.removeAttribute("aria-activedescendant");
  open.list.replaceChildren();
  open.list.hidden = true;
  open.field = null;
}

function stand(place) {
  const options = [...open.list.children];
  options.forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
  open.field.setAttribute("aria-activedescendant", options[place].id);
  options[place].scrollIntoView({ block: "nearest" });
}

function standing() {
  return [...open.list.children].findIndex((option) => option.getAttribute("aria-selected") === "true");
}

function listOf(field) {
  const known = document.getElementById(`${field.id}-mentions`);
  if (known) return known;
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-mentions`, className: "mention-list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.mentionsLabel);
  const told = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  told.setAttribute("role", "status");
  field.after(list, told);
  for (const [name, value] of [["autocomplete", "list"], ["haspopup", "listbox"], ["controls", list.id]]) field.setAttribute(`aria-${name}`, value);
  return list;
}

function offer(field) {
  const wanted = typed(field);
  const found = wanted ? colleagues(field).filter((one) => fits(one, wanted.words)).slice(0, MOST) : [];
  close();
  const list = listOf(field);
  list.nextElementSibling.textContent = found.length ? field.dataset.mentionsFound.replace("{n}", String(found.length)) : "";
  if (!found.length) return;
  Object.assign(open, { field, list, at: wanted.at, found });
  list.replaceChildren(...found.map((one, n) => {
    const option = Object.assign(document.createElement("li"), { id: `${list.id}-${n}`, textContent: one.words });
    option.setAttribute("role", "option");
    return option;
  }));
  list.hidden = false;
  stand(0);
}

function take(place) {
  const { field, at, found } = open;
  const { name, box } = found[place];
  field.setRangeText(`${name} `, at, field.selectionStart, "end");
  box.checked = true;
  close();
  field.focus();
}

const keys = {
  ArrowDown: () => stand((standing() + 1) % open.found.length),
  ArrowUp: () => stand((standing() + open.found.length - 1) % open.found.length),
  Enter: () => take(standing()),
  Tab: () => take(standing()),
  Escape: close,
};

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[data-mentions]")) offer(event.target);
});
document.addEventListener("keydown", (event) => {
  if (event.target !== open.field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !keys[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
}, true);
document.addEventListener("focusout", (event) => { if (event.target === open.field) close(); });
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.(".mention-list [role=option]");
  if (!option || !open.field) return;
  event.preventDefault();
  take([...open.list.children].indexOf(option));
});
